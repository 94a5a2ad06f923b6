import { printable } from '@app/jobspec';
import { JOB_STATES } from '@app/jobspec/folder';
import { exists, type WatchFolder } from '@app/storage';
import { matchesName, knownJobs, type KnownJobs } from '../jobs/known-jobs.ts';
import { Refusal } from '../refusal/refusal.ts';

export interface SelectedJobs extends KnownJobs {
  /** Selected jobs that are waiting or running. */
  unended: string[];
  /** Selected names that no job has. */
  unknown: string[];
}

/**
 * Reads the jobs of a watch folder. With names given, `coming` is empty, and named jobs that haven't ended are in `unended`.
 *
 * @param jobs names, with or without `.json`, or job ids; all jobs if there are none
 * @throws Refusal if it isn't a watch folder, or can't be listed
 */
export async function selectedJobs(
  folder: WatchFolder,
  jobs: readonly string[],
): Promise<SelectedJobs> {
  const states = JOB_STATES.map((state) => exists(folder[state]).catch(() => true));
  if (!(await Promise.all(states)).includes(true))
    throw new Refusal('folder', `${printable(folder.root)} is not a watch folder. Check the path.`);
  const known = await knownJobs(folder);
  if (jobs.length === 0) return { ...known, unended: [], unknown: [] };
  const ended = known.ended.filter((job) => jobs.some((name) => matchesName(job, name)));
  const rest = jobs.filter((name) => !ended.some((job) => matchesName(job, name)));
  const unended = rest.filter((name) => known.coming.some((job) => matchesName(job, name)));
  const unknown = rest.filter((name) => !unended.includes(name));
  return { ...known, ended, coming: [], unended, unknown };
}
