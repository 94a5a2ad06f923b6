import { printable } from '@app/jobspec';
import { JOB_STATES } from '@app/jobspec/folder';
import { exists, type WatchFolder } from '@app/storage';
import { endOf, isCalled, knownJobs, type KnownJobs } from '../jobs/known-jobs.ts';
import { Refusal } from '../refusal/refusal.ts';

/** Which jobs are handed over; all of them without a choice. */
export interface Selection {
  /** `YYYY-MM-DD`: the day a job ended, in the time zone of this process. */
  day: string | null;
  /** Names of jobs, with or without `.json`, or job ids. */
  jobs: readonly string[];
}

export interface SelectedJobs extends KnownJobs {
  /** What was chosen and isn't there. */
  unknown: string[];
}

/**
 * Reads the jobs of a watch folder. What waits and runs belongs to a hand-over of all.
 *
 * @throws Refusal for what is no watch folder, or can't be listed.
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
      (jobs.length === 0 || jobs.some((name) => isCalled(job, name))),
  );
  const unknown = jobs.filter((name) => !ended.some((job) => isCalled(job, name)));
  return { ...known, ended, coming: isOfAll(selection) ? known.coming : [], unknown };
}

export function isOfAll({ day, jobs }: Selection): boolean {
  return day === null && jobs.length === 0;
}

/** The day of a time, `YYYY-MM-DD`, in the time zone of this process. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
