import { JOB_STATES } from '@app/jobspec/folder';
import { Empty } from '@/components/text/empty.tsx';
import { Command } from '@/components/job/failure.tsx';
import type { FolderView } from '@/lib/index/folder-view.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { startCommand } from '@/lib/words/sentences.ts';
import { shellQuote } from '@/lib/words/shell-quote.ts';

/** True if all folders are read and empty, and at least one is usable. */
export function waitsForFirstJob({ indexing, folders }: WatchIndex): boolean {
  return (
    indexing === null &&
    folders.every(({ counts }) => JOB_STATES.every((state) => counts[state] === 0)) &&
    folders.some(isUsable)
  );
}

function isUsable({ problem }: FolderView): boolean {
  return problem === null || problem.isNew;
}

/** Instructions for a first job. */
export function FirstSteps({ index }: { index: WatchIndex }) {
  const folder = index.folders.find(isUsable) ?? { path: '' };
  const plan = `watch-folder-runner plan /media/A001 --output /proxies --for premiere --submit ${shellQuote(folder.path)}`;
  return (
    <Empty title="Make the first proxies.">
      <p>1. Start the runner:</p>
      <Command label="Command for the runner" text={startCommand(folder)} />
      <p>2. In another terminal, plan a card:</p>
      <Command label="Command for a card" text={plan} />
      <p>Clips show up here within seconds.</p>
    </Empty>
  );
}
