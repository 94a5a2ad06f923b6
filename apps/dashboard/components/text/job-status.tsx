import { verdictOf } from '@/lib/format/sentences.ts';
import { isAtWork, type RunnerView } from '@/lib/jobs/folder-view.ts';
import type { JobRow } from '@/lib/jobs/job-row.ts';
import { Status } from './status.tsx';

interface Props {
  row: Pick<JobRow, 'state' | 'final_status' | 'problem'>;
  /** Of its folder: nothing runs where none is at work. */
  runner: RunnerView | undefined;
  isListed?: boolean;
}

/** Where a job stands, as a badge. A completed one needs nobody, and is quiet in a list. */
export function JobStatus({ row, runner, isListed = false }: Props) {
  const verdict = verdictOf(row);
  return verdict === 'running' && row.final_status === null && !(runner && isAtWork(runner)) ? (
    <Status verdict="unclear" label="No runner at work" />
  ) : (
    <Status verdict={verdict} isQuiet={isListed && verdict === 'done'} />
  );
}
