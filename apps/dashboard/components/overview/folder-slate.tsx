import { JOB_STATES } from '@app/jobspec/folder';
import Link from 'next/link';
import { Moment } from '@/components/text/moment.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { formatCount } from '@/lib/text/quantities.ts';

import { instant } from '@/lib/reading/narrow.ts';
import type { FolderProblem, FolderView, RunnerState, RunnerView } from '@/lib/jobs/folder-view.ts';
import { knownCounts, NO_UNCLEAR, type UnclearCounts } from '@/lib/query/unclear-jobs.ts';
import { DEFAULT_QUERY, queryString } from '@/lib/query/job-query.ts';
import styles from './overview.module.css';

const RUNNER_LABELS: Record<RunnerState, string> = {
  running: 'Runner at work',
  paused: 'Runner paused',
  silent: 'Runner silent',
  ended: 'Run ended',
  never: 'No runner yet',
};

interface Props {
  folder: FolderView;
  /** Of its jobs in completed/ and failed/: nobody can tell what became of them. */
  unclear?: UnclearCounts;
}

/** One watch folder: is its runner alive, and how many jobs are where. */
export function FolderSlate({ folder, unclear = NO_UNCLEAR }: Props) {
  const { name, runner, counts, problem } = folder;
  const { not_known: unknown, ...ended } = knownCounts(counts, unclear);
  const known = { ...counts, ...ended };
  const isAway = problem !== null && !problem.isNew;
  const isLost = isAway && runner.state === 'never';
  const isKnown = !isLost || JOB_STATES.some((state) => counts[state] > 0);
  return (
    <article
      className={styles.slate}
      data-state={problem === null || problem.isNew ? runner.state : 'silent'}
    >
      <header className={styles.slateHead}>
        <h3>
          <Name value={name} />
        </h3>
        <span className={styles.runner} data-state={isAway ? 'silent' : runner.state}>
          {isAway ? 'Runner not known' : RUNNER_LABELS[runner.state]}
        </span>
      </header>
      <div className={styles.counts}>
        {JOB_STATES.map((state) => (
          <Link key={state} href={`/jobs${queryString({ ...DEFAULT_QUERY, folder: name, state })}`}>
            <span className={styles.count} data-alarm={state === 'failed' && known.failed > 0}>
              {formatCount(known[state])}
            </span>
            <span className={styles.countLabel}>{state}</span>
          </Link>
        ))}
        {unknown > 0 && (
          <a href="#unclear">
            <span className={styles.count}>{formatCount(unknown)}</span>
            <span className={styles.countLabel}>not known</span>
          </a>
        )}
      </div>
      <p className={styles.slateFoot}>
        {problem !== null && (
          <strong>
            <Sentence value={problemOf(problem, isKnown)} />
          </strong>
        )}
        {!isLost && <RunnerNote runner={runner} />}
      </p>
    </article>
  );
}

function problemOf({ sentence, isNew }: FolderProblem, isKnown: boolean): string {
  return isKnown && !isNew ? `${sentence} What was known before is shown.` : sentence;
}

/** What needs somebody stands out. */
function Reason({ value, isPlain }: { value: string; isPlain: boolean }) {
  if (isPlain)
    return (
      <>
        <Sentence value={value} />{' '}
      </>
    );
  return (
    <strong>
      <Sentence value={value} />
    </strong>
  );
}

function RunnerNote({ runner }: { runner: RunnerView }) {
  const lastScan = instant(runner.last_scan_at);
  if (runner.state === 'never')
    return <>Start one for this folder: watch-folder-runner FOLDER. It says here what it does.</>;
  return (
    <>
      {runner.reason !== null && (
        <Reason value={runner.reason} isPlain={runner.state === 'ended'} />
      )}
      {runner.state === 'silent' ? 'Silent since ' : 'Last scan '}
      {lastScan === null ? 'its start' : <Moment at={lastScan} seconds />}
      {runner.host !== null && runner.host !== '' && (
        <>
          {' on '}
          <Name value={runner.host} />
        </>
      )}
      {runner.max_workers !== null && `, ${runner.max_workers} at a time`}
    </>
  );
}
