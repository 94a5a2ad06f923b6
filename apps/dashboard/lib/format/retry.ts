import { shellQuote } from '../text/shell-quote.ts';

/**
 * The commands that hand a failed job to the runner once more: the job goes back to `pending/`, its result away.
 * @param watchFolder as the runner's machine calls it
 * @param base name of the job without `.json`
 */
export function retryCommands(watchFolder: string, base: string): string {
  const at = (path: string) => shellQuote(`${watchFolder}/${path}`);
  return [
    `mv -n ${at(`failed/${base}.json`)} ${at('pending/')}`,
    `rm ${at(`failed/${base}.result.json`)}`,
  ].join('\n');
}

/** The watch folder by the path of its job as a result names it: `/watch` for `/watch/running/job.json`. */
export function watchFolderOf(jobspecPath: string): string | null {
  return /^(.+)\/running\/[^/]+$/su.exec(jobspecPath)?.[1] ?? null;
}
