import Link from 'next/link';
import { Notice } from '@/components/text/notice.tsx';
import styles from './report.module.css';

/** An address that asks for something else than a report of a day. */
export function NoReport({ problems }: { problems: readonly string[] }) {
  return (
    <article className={styles.report}>
      <h1>There is no such report.</h1>
      <Notice sentences={problems} />
      <p>
        <Link href="/report">Report of today</Link>
      </p>
    </article>
  );
}
