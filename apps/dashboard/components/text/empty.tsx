import type { ReactNode } from 'react';
import styles from './text.module.css';

/** That there is nothing to show, and what to do. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.empty}>
      <svg viewBox="0 0 48 32" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2">
        <rect x="1" y="7" width="46" height="24" rx="3" />
        <path d="M1 13h46M9 7l5-6M21 7l5-6M33 7l5-6" />
      </svg>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
