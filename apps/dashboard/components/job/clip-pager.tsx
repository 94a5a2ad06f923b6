import Link from 'next/link';
import styles from './job.module.css';

interface Props {
  /** Where the clips are. */
  path: string;
  page: number;
  last: number;
}

/** A job may have 10,000 clips. */
export function ClipPager({ path, page, last }: Props) {
  if (last <= 1) return null;
  return (
    <nav className={styles.pager} aria-label="Pages of clips">
      <span>
        Page {page} of {last}
      </span>
      {page > 1 && <Link href={`${path}?clips=${page - 1}`}>Previous clips</Link>}
      {page < last && <Link href={`${path}?clips=${page + 1}`}>Next clips</Link>}
    </nav>
  );
}
