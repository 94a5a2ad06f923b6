import { retry, type Retry } from '@app/assistant';
import { complain, printText, printLines } from '../logging/print.ts';
import { counted } from '@app/jobspec';
import { ExitCode } from './exit-code.ts';

export interface RetryOptions {
  dryRun?: boolean;
  json?: boolean;
}

/** Submits what failed jobs of a watch folder left unmade. @returns the exit code. */
export async function retryJobs(
  folder: string,
  jobs: readonly string[],
  { dryRun: isDry = false, json = false }: RetryOptions,
): Promise<number> {
  const done = await retry({ folder, jobs, isDry });
  if (json) printText(JSON.stringify(done, null, 2));
  else printLines(linesOf(done, isDry));
  complain(...done.problems.map((sentence) => `Not asked for again: ${sentence}`));
  return done.problems.length === 0 ? ExitCode.Success : ExitCode.JobFailed;
}

function linesOf({ jobs, coming, made }: Retry, isDry: boolean): string[] {
  const clips = jobs.reduce(
    (sum, { jobspec }) => sum + (jobspec['sources'] as unknown[]).length,
    0,
  );
  const what = `${counted(clips, 'clip')} in ${counted(jobs.length, 'JobSpec')}`;
  const parts = [
    `${what} ${isDry ? 'would be submitted' : 'submitted'}`,
    ...(coming > 0 ? [`${counted(coming, 'clip')} already waiting or running`] : []),
    ...(made > 0 ? [`${counted(made, 'clip')} made since`] : []),
  ];
  return [...jobs.map(({ name, of }) => `${name}: what ${of} left`), `${parts.join('; ')}.`];
}
