import { dismiss, retry, type Retry } from '@app/assistant';
import { complain, printText, printLines } from '../logging/print.ts';
import { plural } from '@app/jobspec';
import { ExitCode } from './exit-code.ts';

export interface RetryOptions {
  dismiss?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** Submits what failed jobs of a watch folder left unmade. @returns the exit code. */
export async function retryJobs(
  folder: string,
  jobs: readonly string[],
  { dismiss: isDismissal = false, dryRun: isDry = false, json = false }: RetryOptions,
): Promise<number> {
  if (isDismissal) {
    const dismissed = await dismiss({ folder, jobs, isDry });
    if (json) printText(JSON.stringify({ dismissed }, null, 2));
    else printLines(dismissed.map((name) => `${name} ${isDry ? 'would be' : 'is'} put aside`));
    return ExitCode.Success;
  }
  const done = await retry({ folder, jobs, isDry });
  if (json) printText(JSON.stringify(done, null, 2));
  else printLines(linesOf(done, isDry));
  complain(...done.faults);
  complain(...done.problems.map((sentence) => `Not asked for again: ${sentence}`));
  const isWhole = done.problems.length + done.faults.length + done.not_planned === 0;
  return isWhole ? ExitCode.Success : ExitCode.JobFailed;
}

function linesOf({ jobs, coming, made, not_planned }: Retry, isDry: boolean): string[] {
  const clips = jobs.reduce(
    (sum, { jobspec }) => sum + (jobspec['sources'] as unknown[]).length,
    0,
  );
  const what = `${plural(clips, 'clip')} in ${plural(jobs.length, 'JobSpec')}`;
  const parts = [
    `${what} ${isDry ? 'would be submitted' : 'submitted'}`,
    ...(coming > 0 ? [`${plural(coming, 'clip')} already queued or running`] : []),
    ...(made > 0 ? [`${plural(made, 'clip')} done since`] : []),
    ...(not_planned > 0
      ? [`${plural(not_planned, 'clip')} on media not planned: ask for them with plan`]
      : []),
  ];
  return [...jobs.map(({ name, of }) => `${name}: what ${of} left`), `${parts.join('; ')}.`];
}
