import { Name } from '@/components/text/name.tsx';
import { counted, fileNameOf } from '@/lib/text/quantities.ts';
import type { JobRow } from '@/lib/index/job-row.ts';
import { matchingClips, type MatchingClip } from '@/lib/query/matching-clips.ts';
import styles from './jobs.module.css';

const SHOWN = 3;

const FATES: Record<MatchingClip['fate'], string> = {
  made: 'made and verified',
  failed: 'failed',
  'not made': 'not made',
  'being made': 'being made now',
  waiting: 'waits for its turn',
  unknown: 'not known',
};

/** The clips of a job that the search found, and what became of each. */
export function MatchedClips({ row, q }: { row: JobRow; q: string }) {
  const { first, total } = matchingClips(row, q, SHOWN);
  if (total === 0) return null;
  return (
    <ul className={styles.clips}>
      {first.map(({ number, source, output, fate }) => (
        <li key={number}>
          <Name value={fileNameOf(source) || fileNameOf(output)} limit={160} />{' '}
          <span className={styles.fate} data-fate={fate}>
            {FATES[fate]}
          </span>
        </li>
      ))}
      {total > SHOWN && <li>and {counted(total - SHOWN, 'more clip')}</li>}
    </ul>
  );
}
