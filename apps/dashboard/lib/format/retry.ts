import { resultNameOf } from '@app/jobspec/folder';
import { shellQuote } from '../text/shell-quote.ts';

/**
 * The command that hands a failed job to the runner once more. `submit` refuses a name that is taken in pending/, and only
 * once the job is there its old files go.
 * @param watchFolder as this machine calls it
 * @param name of the job's file
 */
export function retryCommand(watchFolder: string, name: string): string {
  const [job, result] = [name, resultNameOf(name)].map((file) =>
    shellQuote(`${watchFolder}/failed/${file}`),
  );
  return `watch-folder-runner submit ${job} ${shellQuote(watchFolder)} && rm ${job} ${result}`;
}
