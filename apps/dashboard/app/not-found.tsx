import type { Metadata } from 'next';
import Link from 'next/link';
import styles from '@/components/text/text.module.css';

export const metadata: Metadata = { title: 'Not there' };

export default function NotFound() {
  return (
    <section className={styles.empty}>
      <h1>There is nothing here.</h1>
      <p>
        A job that just moved on appears within a second. One that was moved back to pending under
        its name, or deleted, is gone from here. <Link href="/jobs">Look for it in all jobs</Link>.
      </p>
    </section>
  );
}
