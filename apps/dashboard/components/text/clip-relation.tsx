import Link from 'next/link';
import { relationWords } from '@/lib/format/relation-words.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import { clipPath } from '@/lib/query/job-path.ts';
import { Name } from './words.tsx';
import styles from './text.module.css';

/** Which other attempt at the same proxy came before or after, and when. */
export function ClipRelation({ row }: { row: ClipRow }) {
  const words = relationWords(row);
  if (words === null) return null;
  const { other, made_good } = row;
  return (
    <span className={made_good ? styles.madeGood : styles.relation}>
      {words}
      {other !== null && (
        <>
          {' '}
          <Link href={clipPath(other, other.index + 1)} prefetch={false}>
            <Name value={other.name} limit={80} />
          </Link>
        </>
      )}
    </span>
  );
}
