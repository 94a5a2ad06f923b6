import { JOB_STATES } from '@app/jobspec/folder';
import type { FolderView } from '@/lib/jobs/folder-view.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import styles from '../text/text.module.css';

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
  const folder = index.folders.find(isUsable)?.path ?? '';
  return (
    <section className={styles.empty}>
      <h2>No job yet. Drop the first one.</h2>
      <p>Start the runner for the folder, then hand it a JobSpec:</p>
      <pre tabIndex={0} aria-label="Commands">
        {`watch-folder-runner ${folder}\nwatch-folder-runner submit job.json ${folder}`}
      </pre>
      <p>It appears here within seconds, and so does its result.</p>
    </section>
  );
}
