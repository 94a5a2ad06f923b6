import { resultNameOf, type JobState } from '@app/jobspec/folder';
import { shellQuote } from '../text/shell-quote.ts';

/**
 * The commands that hand a failed job to the runner once more: the job goes back to `pending/`, its result away.
 * @param watchFolder as the runner's machine calls it
 * @param job its file name
 */
export function retryCommands(watchFolder: string, job: string): string {
  const at = (state: JobState, name: string) => shellQuote(`${watchFolder}/${state}/${name}`);
  return [
    `mv -n ${at('failed', job)} ${at('pending', '')}`,
    `rm ${at('failed', resultNameOf(job))}`,
  ].join('\n');
}

/** The watch folder by the path of its job as a result names it: `/watch` for `/watch/running/job.json`. */
export function watchFolderOf(jobspecPath: string): string | null {
  return /^(.+)\/running\/[^/]+$/su.exec(jobspecPath)?.[1] ?? null;
}
