import { cardRootOf } from '@app/engines/card';
import type { ActiveJob } from '@app/jobspec/folder';
import { A } from '@/components/text/a.tsx';
import { ProgressBar } from '@/components/text/sums-bar.tsx';
import { CardLink, Name } from '@/components/text/words.tsx';
import { nowSentence, shareOf } from '@/lib/format/now-sentence.ts';
import type { JobRow } from '@/lib/jobs/job-row.ts';
import { activeJob, secondsWithoutFrame } from '@/lib/jobs/seconds-running.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { runningJobs } from '@/lib/query/job-rows.ts';
import { clipPath, jobPath } from '@/lib/query/job-path.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import styles from './overview.module.css';

const SHOWN = 20;

/** What is being worked on, and how far it is. */
export function RunningJobs({ index }: { index: WatchIndex }) {
  const rows = runningJobs(index, SHOWN).flatMap((row) => {
    const runner = index.folder(row.folder)?.runner;
    const active = runner && activeJob(runner, row.name);
    if (!runner || !active) return [];
    return [{ row, active, still: secondsWithoutFrame(active, runner) }];
  });
  if (rows.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="running">
      <h2 id="running">Running now</h2>
      <ul className={styles.list}>
        {rows.map(({ row, active, still }) => (
          <li key={jobPath(row)} className={styles.item}>
            <JobNow row={row} active={active} />
            <p>
              <ProgressBar share={shareOf(active)} />
              <span data-still={still !== null}>{nowSentence(active, still)}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function JobNow({ row, active: { source_path, clip } }: { row: JobRow; active: ActiveJob }) {
  return (
    <p className={styles.what}>
      {source_path !== null && clip !== null && (
        <>
          <CardLink path={cardRootOf(source_path)} />
          <A href={clipPath(row, clip - 1)}>
            <Name value={fileNameOf(source_path)} limit={160} />
          </A>
        </>
      )}
      <A className={styles.soft} href={jobPath(row)}>
        <Name value={row.name} limit={160} />
      </A>
    </p>
  );
}
