import type { JobResult } from '@app/jobspec';
import { ARCHIVES, isResultName, jobNameOfResult, stemOf } from '@app/jobspec/folder';
import { join } from 'node:path';
import { readdir, stat } from '../../files/patient-fs.ts';
import { errorMessage } from '../../files/system-error.ts';
import { readResult } from '../../results/read-result.ts';

/** Which jobs are handed over; all of them without a choice. */
export interface Selection {
  /** `YYYY-MM-DD`: the day a job ended, in the time zone of this process. */
  day: string | null;
  /** Names of jobs, with or without `.json`, or job ids. */
  jobs: readonly string[];
}

export interface EndedJob {
  /** As it is archived. */
  name: string;
  result: JobResult;
}

export interface SelectedResults {
  /** The earliest first. */
  jobs: EndedJob[];
  /** A sentence for each result that can't be read. */
  unreadable: string[];
  /** What was asked for and isn't there. */
  unknown: string[];
}

/** No result of the runner is larger, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Reads the results of a watch folder's decided jobs.
 *
 * @throws the system's error when the folder can't be listed.
 */
export async function selectedResults(
  root: string,
  selection: Selection,
): Promise<SelectedResults> {
  const selected: SelectedResults = { jobs: [], unreadable: [], unknown: [] };
  for (const archive of ARCHIVES) {
    const directory = join(root, archive);
    for (const name of (await readdir(directory)).filter(isResultName).sort()) {
      const result = await read(join(directory, name)).catch((error: unknown) => {
        selected.unreadable.push(`${join(directory, name)} can't be read: ${errorMessage(error)}`);
      });
      const job = jobNameOfResult(name);
      if (result && isSelected(job, result, selection)) selected.jobs.push({ name: job, result });
    }
  }
  selected.jobs.sort((a, b) => endOf(a) - endOf(b));
  selected.unknown = selection.jobs.filter(
    (wanted) => !selected.jobs.some(({ name, result }) => isNamed(wanted, name, result)),
  );
  return selected;
}

/** The day of an instant, `YYYY-MM-DD`, in the time zone of this process. */
export function dayOf(instant: string): string {
  const date = new Date(instant);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

async function read(path: string): Promise<JobResult> {
  if ((await stat(path)).size > MOST_BYTES) throw new Error('it is larger than any result');
  return readResult(path);
}

function isSelected(name: string, result: JobResult, { day, jobs }: Selection): boolean {
  if (day !== null && dayOf(result.completed_at) !== day) return false;
  return jobs.length === 0 || jobs.some((wanted) => isNamed(wanted, name, result));
}

function isNamed(wanted: string, name: string, { job_id: id }: JobResult): boolean {
  return wanted === name || wanted === stemOf(name) || wanted === id;
}

function endOf({ result }: EndedJob): number {
  return Date.parse(result.completed_at);
}
