import { JOB_STATES } from '@app/jobspec/folder';
import { Empty } from '@/components/text/empty.tsx';
import { Command } from '@/components/job/failure.tsx';
import type { FolderView } from '@/lib/index/folder-view.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { shellQuote } from '@/lib/words/shell-quote.ts';

/** Whether every folder is read and empty, and a job may be dropped into one. */
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

/** What a new folder needs before there is anything to see. */
export function FirstSteps({ index }: { index: WatchIndex }) {
  const folder = shellQuote(index.folders.find(isUsable)?.path ?? '');
  return (
    <Empty title="No job yet. Make the first proxies.">
      <p>Start the runner for the folder, and give it a card:</p>
      <Command
        label="Commands"
        text={`watch-folder-runner ${folder}\nwatch-folder-runner plan /media/A001 --output /proxies --for premiere --submit ${folder}`}
      />
      <p>Each clip appears here within seconds, and so does its proxy.</p>
    </Empty>
  );
}
