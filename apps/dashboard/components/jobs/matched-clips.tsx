import { Name } from '@/components/text/words.tsx';
import { counted, fileNameOf } from '@/lib/text/quantities.ts';
import { CLIP_FATES } from '@/lib/format/clip-sentences.ts';
import type { JobRow } from '@/lib/jobs/job-row.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { matchingClips } from '@/lib/query/matching-clips.ts';
import styles from './jobs.module.css';

const SHOWN = 3;

/** The clips of a job that the search found, and what became of each. */
export function MatchedClips({ index, row, q }: { index: WatchIndex; row: JobRow; q: string }) {
  const { first, total } = matchingClips(index, row, q, SHOWN);
  if (total === 0) return null;
  return (
    <ul className={styles.clips}>
      {first.map((clip) => (
        <li key={clip.index}>
          <Name value={fileNameOf(clip.source_path) || fileNameOf(clip.output_path)} limit={160} />{' '}
          <span className={styles.fate} data-status={clip.status}>
            {CLIP_FATES[clip.status]}
          </span>
        </li>
      ))}
      {total > SHOWN && <li>and {counted(total - SHOWN, 'more clip')}</li>}
    </ul>
  );
}
