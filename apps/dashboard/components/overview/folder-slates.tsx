import { A } from '@/components/text/a.tsx';
import { Moment } from '@/components/text/moment.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import {
  isAtWork,
  type FolderProblem,
  type FolderView,
  type FollowerView,
  type RunnerState,
  type RunnerView,
} from '@/lib/jobs/folder-view.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { DEFAULT_QUERY, queryString, type JobQuery } from '@/lib/query/job-query.ts';
import { countJobs } from '@/lib/query/select-jobs.ts';
import { instant } from '@/lib/text/instant.ts';
import { formatBytes, formatCount } from '@/lib/text/quantities.ts';
import styles from './overview.module.css';

const RUNNER_LABELS: Record<RunnerState, string> = {
  running: 'Runner at work',
  paused: 'Runner paused',
  silent: 'Runner silent',
  ended: 'Run ended',
  never: 'No runner yet',
};
/** Less than this share of a volume is worth a word. */
const LITTLE = 0.1;

/** Each watch folder: is its runner alive, and how many jobs are where. */
export function FolderSlates({ index }: { index: WatchIndex }) {
  return (
    <section className={styles.section} aria-labelledby="folders">
      <h2 id="folders">Jobs by watch folder</h2>
      <div className={styles.slates}>
        {index.folders.map((folder) => (
          <Slate key={folder.name} {...{ index, folder }} />
        ))}
      </div>
    </section>
  );
}

function Slate({ index, folder }: { index: WatchIndex; folder: FolderView }) {
  const { name, runner, counts, problem } = folder;
  const open = { folder: name, standing: 'open' };
  const begun = counts.running > 0 && !isAtWork(runner) ? 'begun' : 'running';
  const isAway = problem !== null && !problem.isNew;
  return (
    <article className={styles.slate}>
      <header>
        <h3>
          <Name value={name} limit={100} />
        </h3>
        <span className={styles.runner} data-state={isAway ? 'silent' : runner.state}>
          {isAway ? 'Not known' : RUNNER_LABELS[runner.state]}
        </span>
      </header>
      <p className={styles.counts}>
        <Count count={counts.pending} label="waiting" of={{ folder: name, state: 'pending' }} />
        <Count count={counts.running} label={begun} of={{ folder: name, state: 'running' }} />
        <Count
          count={countJobs(index, { ...DEFAULT_QUERY, ...open })}
          label="need somebody"
          of={open}
          isAlarm
        />
        <Count count={counts.completed} label="through" of={{ folder: name, state: 'completed' }} />
      </p>
      <p className={styles.foot}>
        <Foot folder={folder} />
      </p>
    </article>
  );
}

interface CountProps {
  count: number;
  label: string;
  of: Partial<JobQuery>;
  isAlarm?: boolean;
}

function Count({ count, label, of, isAlarm }: CountProps) {
  return (
    <A href={`/jobs${queryString(of)}`} data-alarm={isAlarm && count > 0}>
      <strong>{formatCount(count)}</strong> {label}
    </A>
  );
}

function Foot({ folder }: { folder: FolderView }) {
  const { problem, runner, space } = folder;
  const start = problem?.isNew !== false && 'Start a runner for it: watch-folder-runner FOLDER. ';
  const little = space !== null && space.free / space.total < LITTLE ? space : null;
  return (
    <>
      {problem !== null && <Sentence value={problemOf(folder, problem)} />}
      {runner.state === 'never' ? start : <RunnerNote runner={runner} />}
      {folder.followers.map((follower) => (
        <Follower key={follower.media.join()} {...follower} />
      ))}
      {little !== null && `Only ${formatBytes(little.free)} of ${formatBytes(little.total)} free.`}
    </>
  );
}

function Follower({ media, planned, waiting, last_poll_at }: FollowerView) {
  const at = instant(last_poll_at);
  return (
    <>
      Follows <Sentence value={media.join(', ')} limit={200} />: {formatCount(planned)} planned,{' '}
      {formatCount(waiting)} waiting, last look {at !== null && <Moment at={at} seconds />}.{' '}
    </>
  );
}

function problemOf({ counts }: FolderView, { sentence, isNew }: FolderProblem): string {
  const isKnown = !isNew && Object.values(counts).some((count) => count > 0);
  return `${sentence}${isKnown ? ' What was known before is shown.' : ''} `;
}

function RunnerNote({ runner }: { runner: RunnerView }) {
  const { state, host, max_workers, last_scan_at } = runner;
  const reason = runner.reason ?? runner.held;
  const lastScan = instant(last_scan_at);
  return (
    <>
      {reason !== null && <Sentence value={`${reason.replace(/[^.?!]$/u, '$&.')} `} />}
      {state === 'silent' ? 'Last sign ' : 'Last scan '}
      {lastScan === null ? 'at its start' : <Moment at={lastScan} seconds />}
      {host ? ` on ${host.slice(0, 60)}` : ''}
      {max_workers !== null && `, ${max_workers} at a time`}.{' '}
    </>
  );
}
