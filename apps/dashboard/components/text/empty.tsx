import type { ReactNode } from 'react';
import styles from './text.module.css';

/** That there is nothing to show, and what to do. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={`stack ${styles.empty}`}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
