import Link from 'next/link';
import styles from '../text/text.module.css';

/** None of the clips has one. */
export function NoPictures({ list }: { list: string }) {
  return (
    <section className={styles.empty}>
      <h2>None of these clips has a picture.</h2>
      <p>
        The runner makes them of proxies that come through, and keeps them in its own folder.{' '}
        <Link href={list}>Show the clips as a list</Link>.
      </p>
    </section>
  );
}
