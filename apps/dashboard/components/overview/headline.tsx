import { Moment } from '@/components/text/moment.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { soFar, standstillsOf, type Standstill } from '@/lib/words/sentences.ts';
import { isAtWork, type FolderView } from '@/lib/index/folder-view.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import type { Needs } from '@/lib/query/needs.ts';
import { instant } from '@/lib/index/instant.ts';
import { counted } from '@/lib/words/quantities.ts';

interface Props {
  index: WatchIndex;
  needs: Needs;
}

/** What a producer wants to know first: whether anything stands still, then whether somebody is needed, then what runs. */
export function Headline({ index, needs }: Props) {
  const still = standstillsOf(index.folders);
  return (
    <header className="stack">
      <h1 className={still.length > 0 ? 'alarm' : undefined}>
        {still.length > 0
          ? still.map((one) => <Still key={one.folder.name} {...one} />)
          : soFar(index, needsSentence(needs))}
      </h1>
      <p>
        {still.length > 0 && `${soFar(index, needsSentence(needs))} `}
        <Work index={index} />
      </p>
    </header>
  );
}

/** `nights is paused: The share isn't mounted; 1 job waits for it.` */
function Still({ folder: { name, runner, counts, problem }, why, reason }: Standstill) {
  const since = instant(runner.last_scan_at);
  const jobs = counts.pending + counts.running;
  return (
    <span>
      <Name value={name} limit={60} /> {why}
      {runner.state === 'silent' && problem === null && since !== null && (
        <>
          {' since '}
          <Moment at={since} />
        </>
      )}
      {reason != null && (
        <>
          {': '}
          <Sentence value={reason} />
        </>
      )}
      {jobs > 0 && `; ${counted(jobs, 'job')} ${jobs === 1 ? 'waits' : 'wait'} for it`}.{' '}
    </span>
  );
}

function needsSentence({ clips, jobs }: Needs): string {
  const parts = [
    ...(clips > 0 ? [counted(clips, 'clip')] : []),
    ...(jobs > 0 ? [counted(jobs, 'job')] : []),
  ];
  if (parts.length === 0) return 'Nothing needs anybody.';
  return `${parts.join(' and ')} ${clips + jobs === 1 ? 'needs' : 'need'} somebody.`;
}

function Work({ index }: { index: WatchIndex }) {
  const busy = index.folders.filter(({ counts }) => counts.running + counts.pending > 0);
  if (busy.length === 0) return 'Nothing runs or waits.';
  const running = sumOf(busy, ({ runner, counts }) => (isAtWork(runner) ? counts.running : 0));
  const waiting = sumOf(busy, ({ counts }) => counts.running + counts.pending) - running;
  return (
    <>
      {running === 0
        ? 'No job runs'
        : `${counted(running, 'job')} ${running === 1 ? 'runs' : 'run'}`}
      {waiting > 0 && `, ${counted(waiting, 'job')} ${waiting === 1 ? 'waits' : 'wait'}`}.
    </>
  );
}

function sumOf(folders: readonly FolderView[], count: (folder: FolderView) => number): number {
  return folders.reduce((sum, folder) => sum + count(folder), 0);
}
