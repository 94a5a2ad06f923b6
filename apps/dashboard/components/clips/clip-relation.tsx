import Link from 'next/link';
import { Name } from '@/components/text/words.tsx';
import { relationWords } from '@/lib/format/relation-words.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import { clipPath } from '@/lib/query/job-path.ts';
import styles from './clips.module.css';

/** Which other attempt at the same proxy came before or after, and when. */
export function ClipRelation({ row }: { row: ClipRow }) {
  const words = relationWords(row);
  if (words === null) return null;
  const { other, made_good } = row;
  return (
    <span className={made_good ? styles.good : styles.soft}>
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
