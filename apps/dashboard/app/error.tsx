'use client';

import styles from '@/components/text/text.module.css';

/** A defect of ours; the watch folders are not touched by it. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <section className={styles.empty}>
      <h1>This page could not be shown.</h1>
      <p>The jobs are not affected: the dashboard only reads. Its log says what went wrong.</p>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </section>
  );
}
