import { printable } from '@app/jobspec';
import { JOB_STATES } from '@app/jobspec/folder';
import { exists, type WatchFolder } from '@app/storage';
import { endOf, matchesName, knownJobs, type KnownJobs } from '../jobs/known-jobs.ts';
import { Refusal } from '../refusal/refusal.ts';

/** Selection of jobs to hand over; all of them if empty. */
export interface Selection {
  /** `YYYY-MM-DD`: day on which a job ended, in this process's time zone. */
  day: string | null;
  /** Job names, with or without `.json`, or job ids. */
  jobs: readonly string[];
}

export interface SelectedJobs extends KnownJobs {
  /** Selected jobs that don't exist. */
  unknown: string[];
}

/**
 * Reads the jobs of a watch folder. Waiting and running jobs are only part of a hand-over of all jobs.
 *
 * @throws Refusal if it isn't a watch folder, or can't be listed
 */
export async function selectedJobs(
  folder: WatchFolder,
  selection: Selection,
): Promise<SelectedJobs> {
  const { day, jobs } = selection;
  const states = JOB_STATES.map((state) => exists(folder[state]).catch(() => true));
  if (!(await Promise.all(states)).includes(true))
    throw new Refusal('folder', `${printable(folder.root)} is not a watch folder. Check the path.`);
  const known = await knownJobs(folder);
  const ended = known.ended.filter(
    (job) =>
      (day === null || dayOf(endOf(job)) === day) &&
      (jobs.length === 0 || jobs.some((name) => matchesName(job, name))),
  );
  const unknown = jobs.filter((name) => !ended.some((job) => matchesName(job, name)));
  return { ...known, ended, coming: selectsAll(selection) ? known.coming : [], unknown };
}

export function selectsAll({ day, jobs }: Selection): boolean {
  return day === null && jobs.length === 0;
}

/** Day of a time, `YYYY-MM-DD`, in this process's time zone. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
