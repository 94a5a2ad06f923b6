import { madeSoFar } from '@/lib/format/clip-sentences.ts';
import type { JobRow } from '@/lib/jobs/job-row.ts';
import { begunAt } from '@/lib/jobs/seconds-running.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { clipsOfJob } from '@/lib/query/clip-rows.ts';
import { counted } from '@/lib/text/quantities.ts';
import { ClipSoFar } from './clip-so-far.tsx';
import styles from './job.module.css';

/** So many before the clip that is being made, and so many after it. */
const SHOWN = 100;

/** The clips of a running job: what is made, which one is being made and since when, and what is to come. */
export function ClipsSoFar({ index, row }: { index: WatchIndex; row: JobRow }) {
  const made = row.completed_clips ?? 0;
  const from = Math.max(0, made - SHOWN);
  const clips = clipsOfJob(index, row, from, made - from + SHOWN);
  if (clips.length === 0) return null;
  const since = begunAt(index.folder(row.folder)?.runner ?? null, row.name, Date.now());
  const more = (row.total_clips ?? 0) - from - clips.length;
  return (
    <section className={styles.section} aria-labelledby="so-far">
      <h2 id="so-far">{madeSoFar(made, row.total_clips)}</h2>
      {from > 0 && <p>{counted(from, 'clip')} made before these, not listed here.</p>}
      <ol className={styles.soFar} start={from + 1}>
        {clips.map((clip) => (
          <ClipSoFar key={clip.index} clip={clip} since={since} />
        ))}
      </ol>
      {more > 0 && <p>and {more} more, in the JobSpec</p>}
    </section>
  );
}
