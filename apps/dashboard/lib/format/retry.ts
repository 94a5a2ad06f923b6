import { resultNameOf } from '@app/jobspec/folder';
import { shellQuote } from '../text/shell-quote.ts';

const EDITOR = '"${EDITOR:-vi}"';

/**
 * The command that hands a failed job that has made nothing to the runner once more. `submit` refuses a name that is taken in pending/, and only
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

/**
 * The command that hands the rest of a failed job to the runner: a copy, out of which a person takes what is made. Its old files
 * stay, since nothing else tells of what it made. The copy goes once it is handed in: `cp -n` would leave it there the next time.
 * @param watchFolder as this machine calls it
 * @param name of the job's file
 */
export function restCommand(watchFolder: string, name: string): string {
  const job = shellQuote(`${watchFolder}/failed/${name}`);
  const rest = shellQuote(`./rest-of-${name}`);
  return `cp -n ${job} ${rest} && ${EDITOR} ${rest} && watch-folder-runner submit ${rest} ${shellQuote(watchFolder)} && rm ${rest}`;
}
