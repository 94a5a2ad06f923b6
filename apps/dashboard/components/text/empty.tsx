import type { ReactNode } from 'react';
import styles from './text.module.css';

/** Empty state: title and what to do. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={`stack ${styles.empty}`}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
