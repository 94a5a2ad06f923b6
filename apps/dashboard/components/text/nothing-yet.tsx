import styles from './text.module.css';

/** Nothing matches, but not everything has been read. */
export function NothingYet({ things }: { things: 'clips' | 'jobs' }) {
  return (
    <section className={styles.empty}>
      <h2>None of the {things} read so far.</h2>
      <p>The folders are still being read. This page follows by itself.</p>
    </section>
  );
}
