import { printable } from '@app/jobspec';
import { matchesName, type EndedJob, type KnownJobs } from '../jobs/known-jobs.ts';
import { Refusal } from '../refusal/refusal.ts';

/** Jobs that ended in `failed/`. */
export function failedJobs({ ended }: Pick<KnownJobs, 'ended'>): EndedJob[] {
  return ended.filter(({ archive }) => archive === 'failed');
}

/**
 * Failed jobs by names, as in files of `failed/`, or job ids.
 *
 * @param missing what a name without a job is, as the end of a sentence
 * @throws Refusal if no failed job has one of the names
 */
export function namedJobs(
  failed: readonly EndedJob[],
  names: readonly string[],
  missing: string,
): EndedJob[] {
  const unknown = names.filter((name) => !failed.some((job) => matchesName(job, name)));
  if (unknown.length > 0)
    throw new Refusal('failed', ...unknown.map((name) => `${printable(name)} is ${missing}.`));
  return failed.filter((job) => names.some((name) => matchesName(job, name)));
}
