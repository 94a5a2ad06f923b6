import Link from 'next/link';
import { Elapsed } from '@/components/text/elapsed.tsx';
import { Name } from '@/components/text/words.tsx';
import type { JobRow } from '@/lib/jobs/job-row.ts';
import {
  activeJob,
  begunAt,
  secondsRunning,
  secondsWithoutFrame,
} from '@/lib/jobs/seconds-running.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { runningJobs } from '@/lib/query/job-rows.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import { ClipNow } from './clip-now.tsx';
import styles from './overview.module.css';

const SHOWN = 20;

/** What is being worked on: for how long, and at which clip. */
export function RunningJobs({ index }: { index: WatchIndex }) {
  const rows = runningJobs(index, SHOWN);
  return (
    <section className={styles.section} aria-labelledby="running">
      <h2 id="running">Now running</h2>
      {rows.length === 0 ? (
        <p className={styles.soft}>
          {index.folders.some(({ problem }) => problem !== null && !problem.isNew)
            ? 'No job is being worked on, as far as folders can be read.'
            : 'No job is being worked on.'}
        </p>
      ) : (
        <ul className={styles.list}>
          {rows.map((row) => (
            <RunningJob key={jobPath(row)} row={row} index={index} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RunningJob({ row, index }: { row: JobRow; index: WatchIndex }) {
  const runner = index.folder(row.folder)?.runner;
  const active = runner && activeJob(runner, row.name);
  const still = runner && active ? secondsWithoutFrame(active, runner) : null;
  const elapsed = runner && secondsRunning(row, runner);
  return (
    <li className={styles.item}>
      <Link href={jobPath(row)}>
        <Name value={row.name} />
      </Link>
      <span className={styles.aside}>{elapsed != null && <Elapsed seconds={elapsed} />}</span>
      <span className={styles.detail}>
        {active === undefined ? (
          <span>No runner says that it works on this.</span>
        ) : (
          <ClipNow
            active={active}
            still={still}
            since={begunAt(runner ?? null, row.name, Date.now())}
          />
        )}
        <span className={styles.soft}>
          in <Name value={row.folder} />
          {active !== undefined && `, worker ${active.worker_id}`}
        </span>
      </span>
    </li>
  );
}
