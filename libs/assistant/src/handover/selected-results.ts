import type { AskedJob } from '@app/jobspec/ledger';
import { unplannedClips, type Inventory, type Unplanned } from '@app/jobspec/inventory';
import type { ReadClip } from '@app/jobspec/result';
import {
  ARCHIVES,
  isJobOrResultName,
  isResultName,
  JOB_STATES,
  jobNameOfResult,
  stemOf,
} from '@app/jobspec/folder';
import { basename, join } from 'node:path';
import {
  errorCode,
  errorFact,
  exists,
  readdir,
  stat,
  askedJob,
  readInventory,
  readResult,
  type ReadResult,
  WatchFolder,
} from '@app/storage';
import { printable } from '@app/jobspec';
import { Refusal } from '../refusal/refusal.ts';

/** Which jobs are handed over; all of them without a choice. */
export interface Selection {
  /** `YYYY-MM-DD`: the day a job ended, in the time zone of this process. */
  day: string | null;
  /** Names of jobs, with or without `.json`, or job ids. */
  jobs: readonly string[];
}

/** What a hand-over needs of a clip: how it was made, and what encoders said, is most of a result. */
const FIELDS = [
  'source_path',
  'resolved_output_path',
  'status',
  'output_size_bytes',
  'failure_type',
  'failure_reason',
  'output_xxh64',
  'completed_at',
  'facts',
] as const satisfies readonly (keyof ReadClip)[];
export type EndedClip = Pick<ReadClip, (typeof FIELDS)[number]>;

export interface EndedJob {
  /** As it is archived. */
  name: string;
  result: ReadResult<EndedClip>;
  /** Of a job that failed, what it was to make; `null` when that can't be told. */
  asked: AskedJob | null;
}

export interface SelectedResults {
  /** The earliest first. */
  jobs: EndedJob[];
  /** A sentence for each result that can't be read. */
  unreadable: string[];
  /** What was asked for and isn't there. */
  unknown: string[];
}

/**
 * Reads the results of a watch folder's decided jobs.
 *
 * @throws Refusal for what is no watch folder; the system's error when the folder can't be listed.
 */
export async function selectedResults(
  root: string,
  selection: Selection,
): Promise<SelectedResults> {
  const selected: SelectedResults = { jobs: [], unreadable: [], unknown: [] };
  const wanted = new Set(selection.jobs.map((job) => basename(job)));
  for (const archive of ARCHIVES) {
    const directory = join(root, archive);
    for (const name of (await namesIn(directory, root)).filter(isResultName).sort()) {
      const result = await readResult(join(directory, name), withoutRecords).catch(
        (error: unknown) => {
          selected.unreadable.push(`${join(directory, name)} can't be read: ${errorFact(error)}.`);
        },
      );
      const job = jobNameOfResult(name);
      if (!result) continue;
      if (selection.day !== null && dayOf(result.completed_at) !== selection.day) continue;
      if (wanted.size > 0 && !namesOf({ name: job, result }).some((one) => wanted.has(one)))
        continue;
      // A job that failed doesn't list what it never began.
      const isWhole = result.failure_type === null;
      const asked = isWhole ? null : await askedJob(join(directory, job));
      selected.jobs.push({ name: job, result, asked });
    }
  }
  selected.jobs.sort((a, b) => endOf(a) - endOf(b));
  const known = new Set(selected.jobs.flatMap(namesOf));
  selected.unknown = selection.jobs.filter((wanted) => !known.has(basename(wanted)));
  return selected;
}

async function namesIn(directory: string, root: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) throw error;
    // One that `plan` has made has no other folder before a runner starts.
    const [pending] = JOB_STATES;
    const dropped = await stat(join(root, pending)).catch(() => null);
    if (dropped?.isDirectory()) {
      if (!(await exists(directory))) return [];
      throw error;
    }
    throw new Refusal('folder', `${printable(root)} is not a watch folder. Check the path.`);
  }
}

/** The record of a watch folder. @throws Refusal when it can't be read. */
export async function inventoryOf(root: string): Promise<Inventory> {
  const folder = new WatchFolder(root);
  return readInventory(folder).catch((error: unknown) => {
    throw new Refusal('folder', `${folder.inventory} can't be read: ${errorFact(error)}.`);
  });
}

/**
 * Clips on media that no job makes; of a day, those that were left out then, and none where single jobs are chosen.
 *
 * @param coming see {@link comingSources}.
 */
export function unplannedOf(
  inventory: Inventory,
  { day, jobs: chosen }: Selection,
  coming: ReadonlySet<string>,
  ended: readonly EndedJob[],
): Pick<Unplanned, 'clips' | 'forgotten'> {
  const none = { clips: [], forgotten: new Map<string, number>() };
  if (chosen.length > 0) return none;
  if (day !== null)
    return { ...none, clips: inventory.leftOut().filter(({ at }) => dayOf(at) === day) };
  const known = new Set(coming);
  for (const { result, asked } of ended) {
    for (const { source_path: source } of result.clips) known.add(source);
    for (const source of asked?.sources ?? []) known.add(source);
  }
  return unplannedClips(inventory, (path) => known.has(path));
}

/** A folder that was put aside may have archives alone. */
function noneThere(error: unknown): string[] {
  if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return [];
  throw error;
}

/** The sources of jobs that wait or run; read before the results, as jobs travel. @throws the system's error. */
export async function comingSources(root: string): Promise<Set<string>> {
  const sources = new Set<string>();
  const { pending, running } = new WatchFolder(root);
  for (const directory of [pending, running])
    for (const name of (await readdir(directory).catch(noneThere)).filter(isJobOrResultName))
      for (const source of (await askedJob(join(directory, name)))?.sources ?? [])
        sources.add(source);
  return sources;
}

/** The day of an instant, `YYYY-MM-DD`, in the time zone of this process. */
function dayOf(instant: string): string {
  const date = new Date(instant);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

function withoutRecords(clip: ReadClip): EndedClip {
  return Object.fromEntries(FIELDS.map((key) => [key, clip[key]])) as EndedClip;
}

/** What people may call a job by: its file, the same without its extension, its id. */
function namesOf({ name, result }: Pick<EndedJob, 'name' | 'result'>): string[] {
  return [name, stemOf(name), result.job_id];
}

function endOf({ result }: EndedJob): number {
  return Date.parse(result.completed_at);
}
