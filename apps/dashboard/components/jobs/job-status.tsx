import { Status } from '@/components/text/status.tsx';
import { verdictOf } from '@/lib/format/state-words.ts';
import { isAtWork, type RunnerView } from '@/lib/jobs/folder-view.ts';
import type { JobRow } from '@/lib/jobs/job-row.ts';

interface Props {
  row: Pick<JobRow, 'state' | 'final_status' | 'problem'>;
  /** Of its folder: nothing runs where none is at work. */
  runner: RunnerView | undefined;
}

/** Where a job stands. */
export function JobStatus({ row, runner }: Props) {
  const verdict = verdictOf(row);
  const isLeft = verdict === 'running' && !(runner && isAtWork(runner));
  return isLeft ? <Status verdict="unclear" /> : <Status verdict={verdict} />;
}
