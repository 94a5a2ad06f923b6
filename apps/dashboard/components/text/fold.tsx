import type { ReactNode } from 'react';
import styles from './text.module.css';

interface Props {
  id: string;
  title: string;
  children: ReactNode;
}

/** A part of a page under its title, which is folded on a narrow screen. */
export function Fold({ id, title, children }: Props) {
  return (
    <>
      <h2 id={id} className={styles.foldTitle}>
        {title}
      </h2>
      <details className={styles.fold}>
        <summary>{title}</summary>
        {children}
      </details>
    </>
  );
}
