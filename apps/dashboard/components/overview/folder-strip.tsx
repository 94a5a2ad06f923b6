import { A } from '@/components/text/a.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { isAtWork, type FolderView, type RunnerState } from '@/lib/index/folder-view.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { DEFAULT_QUERY, queryString, type JobQuery } from '@/lib/query/job-query.ts';
import { cardsOf } from '@/lib/query/select-clips.ts';
import { formatBytes, formatCount } from '@/lib/words/quantities.ts';
import { startCommand } from '@/lib/words/sentences.ts';
import styles from './overview.module.css';

const LABELS: Record<RunnerState, { label: string; of?: string }> = {
  running: { label: 'Active', of: 'through' },
  paused: { label: 'Paused', of: 'refused' },
  silent: { label: 'No runner' },
  ended: { label: 'Finished (--once)' },
  never: { label: 'Not started' },
};
/** Share of free space below which a note is shown. */
const LOW_SPACE_SHARE = 0.1;

/** One row per watch folder: runner state, job counts, proxies that need attention, notes. */
export function FolderStrip({ index }: { index: WatchIndex }) {
  return (
    <section aria-labelledby="folders">
      <h2 id="folders" className="visually-hidden">
        Watch folders
      </h2>
      <div className={`sheet rows ${styles.strip}`}>
        {index.folders.map((folder) => (
          <Folder key={folder.name} {...{ index, folder }} />
        ))}
      </div>
    </section>
  );
}

function Folder({ index, folder }: { index: WatchIndex; folder: FolderView }) {
  const { name, runner, counts, problem } = folder;
  const isAway = problem !== null && !problem.isNew;
  const { label, of } = isAway ? { label: 'Unreachable', of: 'failed' } : LABELS[runner.state];
  const open = cardsOf(index, { ...DEFAULT_QUERY, folder: name, clip_state: 'open' }).sums.total;
  const count = (number: number, word: string, query: Partial<JobQuery>) => (
    <Count {...{ count: number, word, href: `/jobs${queryString({ folder: name, ...query })}` }} />
  );
  const note = noteOf(folder);
  return (
    <article className="row soft">
      <h3>
        <Name value={name} limit={100} />
      </h3>
      <span className={styles.runner} data-of={of}>
        {label}
      </span>
      {isAtWork(runner)
        ? count(counts.running, 'running', { state: 'running' })
        : counts.running > 0 && count(counts.running, 'interrupted', { state: 'running' })}
      {count(counts.pending, 'queued', { state: 'pending' })}
      {count(counts.completed, counts.completed === 1 ? 'job done' : 'jobs done', {
        state: 'completed',
      })}
      {open > 0 && (
        <Count
          count={open}
          word={open === 1 ? 'proxy needs attention' : 'proxies need attention'}
          href={`/clips${queryString({ folder: name, clip_state: 'open' })}`}
        />
      )}
      {note !== '' && <Sentence value={note} />}
    </article>
  );
}

function Count({ count, word, href }: { count: number; word: string; href: string }) {
  return (
    <A href={href} className="soft">
      <strong>{formatCount(count)}</strong> {word}
    </A>
  );
}

/** Low-priority notes: new folder, no runner, low disk space. Empty string if there are none. */
function noteOf(folder: FolderView): string {
  const { problem, runner, space, counts } = folder;
  const isIdle = !isAtWork(runner) && counts.pending + counts.running === 0;
  const isAway = problem !== null && !problem.isNew;
  return [
    problem?.isNew === true && problem.sentence,
    isIdle && !isAway && (runner.reason ?? `Start a runner: ${startCommand(folder)}`),
    space !== null &&
      space.free / space.total < LOW_SPACE_SHARE &&
      `Disk almost full: ${formatBytes(space.free)} of ${formatBytes(space.total)} left.`,
  ]
    .filter((one) => typeof one === 'string')
    .join(' ');
}
