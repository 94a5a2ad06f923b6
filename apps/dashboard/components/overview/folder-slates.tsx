import { A } from '@/components/text/a.tsx';
import { Moment } from '@/components/text/moment.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import {
  isAtWork,
  type FolderView,
  type RunnerState,
  type RunnerView,
} from '@/lib/index/folder-view.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { DEFAULT_QUERY, queryString, type JobQuery } from '@/lib/query/job-query.ts';
import { countJobs } from '@/lib/query/select-jobs.ts';
import { instant } from '@/lib/index/instant.ts';
import { formatBytes, formatCount } from '@/lib/words/quantities.ts';
import styles from './overview.module.css';

const RUNNERS: Record<RunnerState, { label: string; of?: string }> = {
  running: { label: 'Runner at work', of: 'through' },
  paused: { label: 'Runner paused', of: 'refused' },
  silent: { label: 'Runner silent', of: 'failed' },
  ended: { label: 'Run ended' },
  never: { label: 'No runner yet' },
};
/** Less than this share of a volume is worth a word. */
const LITTLE = 0.1;

/** Each watch folder: is its runner alive, and how many jobs are where. */
export function FolderSlates({ index }: { index: WatchIndex }) {
  return (
    <section className="stack" aria-labelledby="folders">
      <h2 id="folders">Jobs by watch folder</h2>
      <div className={styles.list}>
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
  const { label, of } = isAway ? { label: 'Not known', of: 'failed' } : RUNNERS[runner.state];
  return (
    <article className="sheet padded stack">
      <header className="row between">
        <h3>
          <Name value={name} limit={100} />
        </h3>
        <span className={styles.runner} data-of={of}>
          {label}
        </span>
      </header>
      <p className={`row ${styles.counts}`}>
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
      <p className="soft">
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

function Count({ count, label, of, isAlarm = false }: CountProps) {
  return (
    <A
      href={`/jobs${queryString(of)}`}
      className={`soft ${isAlarm && count > 0 ? styles.alarm : ''}`}
    >
      <strong>{formatCount(count)}</strong> {label}
    </A>
  );
}

function Foot({ folder: { problem, runner, space, counts } }: { folder: FolderView }) {
  const start = problem?.isNew !== false && 'Start a runner for it: watch-folder-runner FOLDER. ';
  const isKnown = problem?.isNew === false && Object.values(counts).some((count) => count > 0);
  return (
    <>
      {problem !== null && <Sentence value={`${problem.sentence} `} />}
      {isKnown && 'What was known before is shown. '}
      {runner.state === 'never' ? start : <RunnerNote runner={runner} />}
      {space !== null &&
        space.free / space.total < LITTLE &&
        `Only ${formatBytes(space.free)} of ${formatBytes(space.total)} free.`}
    </>
  );
}

function RunnerNote({ runner }: { runner: RunnerView }) {
  const { state, host, max_workers } = runner;
  const reason = runner.reason ?? runner.held;
  const lastScan = instant(runner.last_scan_at);
  return (
    <>
      {reason !== null && <Sentence value={`${reason.replace(/[^.?!]$/u, '$&.')} `} />}
      {state === 'silent' ? 'Last sign ' : 'Last scan '}
      {lastScan === null ? 'at its start' : <Moment at={lastScan} />}
      {host ? ` on ${host.slice(0, 60)}` : ''}
      {max_workers !== null && `, ${max_workers} at a time`}.{' '}
    </>
  );
}
