import { ClipRelation } from '@/components/text/clip-relation.tsx';
import { Name } from '@/components/text/words.tsx';
import { counted } from '@/lib/text/quantities.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { clipsOfJob } from '@/lib/query/clip-rows.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { ClipsSoFar } from './clips-so-far.tsx';
import styles from './job.module.css';

const SHOWN = 100;

interface Props {
  index: WatchIndex;
  job: OpenJob;
}

/** Clips that a job names but has no result for: not made yet, or never. */
export function Sources({ index, job }: Props) {
  if (job.row.state === 'running' && job.result === null)
    return <ClipsSoFar index={index} row={job.row} />;
  return <Unmade index={index} job={job} />;
}

function Unmade({ index, job }: Props) {
  const { row, result } = job;
  const begun = result?.listed ?? row.completed_clips ?? 0;
  const unmade = clipsOfJob(index, row, begun, SHOWN);
  if (unmade.length === 0) return null;
  const count = Math.max(unmade.length, (row.total_clips ?? 0) - begun);
  const more = count - SHOWN;
  return (
    <section className={styles.section} aria-labelledby="unmade">
      <h2 id="unmade">
        {counted(count, 'clip')} {fateOf(job)}
      </h2>
      <ol className={styles.facts}>
        {unmade.map((clip) => (
          <li key={clip.index}>
            <Name value={clip.source_path} limit={1000} />
            {clip.other !== null && <ClipRelation row={clip} />}
          </li>
        ))}
        {more > 0 && <li>and {more} more, in the JobSpec</li>}
      </ol>
    </section>
  );
}

function fateOf({ row, result }: OpenJob): string {
  // The index knows how it ended when its folder is away.
  if (result !== null || row.final_status !== null) return 'not made';
  return row.state === 'pending' || row.state === 'running' ? 'to make' : 'in the JobSpec';
}
