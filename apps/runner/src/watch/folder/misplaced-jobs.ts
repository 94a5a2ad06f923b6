import { readdir } from '../../files/index.ts';
import { refusalOfName, resultNameOf } from '@app/jobspec/folder';
import type { WatchFolder } from './watch-folder.ts';

/** JobSpecs where no runner looks for them. */
export interface MisplacedJobs {
  directory: string;
  /** The first few of their names. */
  files: string[];
  count: number;
}

/** As many as a line of a log names. */
const MOST_NAMED = 5;

/**
 * Finds JobSpecs that were put beside `pending/`, or into the archive, where a job without a result was never run. What
 * can't be listed holds none.
 */
export async function misplacedJobs(folder: WatchFolder): Promise<MisplacedJobs[]> {
  const found: MisplacedJobs[] = [];
  for (const directory of [folder.root, folder.completed, folder.failed]) {
    const names = new Set(await readdir(directory).catch(() => []));
    const jobs = [...names].filter(
      (name) => refusalOfName(name) === null && !names.has(resultNameOf(name)),
    );
    const files = jobs.sort().slice(0, MOST_NAMED);
    if (jobs.length > 0) found.push({ directory, files, count: jobs.length });
  }
  return found;
}
