import { join } from 'node:path';
import {
  isJobOrResultName,
  isObject,
  isResultName,
  jobNameOf,
  jsonIn,
  OWN_DIRECTORY,
  OWN_NAMES,
  resultNameOf,
  stemOf,
  type JobState,
} from '@app/jobspec/folder';
import { readClip, type ReadClip, type ReadHead } from '@app/jobspec/result';
import {
  jobWithResult,
  foundClip,
  jobWithoutResult,
  type FoundJob,
  type ParsedClip,
} from './found-job.ts';
import { readJobSpecFile, readResultFile } from '../index/read-job.ts';
import { readListedFile, stampNow, type Stamp } from '../index/read-listed-file.ts';

/** Job in a folder, with its JobSpec, its result or both. */
export interface Pair {
  /** Name of the job without `.json`. */
  base: string;
  hasJob: boolean;
  hasResult: boolean;
}

/** Bits for the files of a job, as stored in the index. */
export const FILES = { job: 1, result: 2 };

export function filesOf({ hasJob, hasResult }: Pair): number {
  return (hasJob ? FILES.job : 0) + (hasResult ? FILES.result : 0);
}

export function pairOf(base: string, files: number): Pair {
  return { base, hasJob: (files & FILES.job) !== 0, hasResult: (files & FILES.result) !== 0 };
}

const END_OF_RESULT = resultNameOf(jobNameOf(''));

/** Job and kind of a file by its name; `null` for any other file. */
export function fileOf(name: string): { base: string; file: number } | null {
  if (!isJobOrResultName(name)) return null;
  return isResultName(name)
    ? { base: name.slice(0, -END_OF_RESULT.length), file: FILES.result }
    : { base: stemOf(name), file: FILES.job };
}

export interface EntryPlace {
  folder: string;
  state: JobState;
  /** Path of the state folder. */
  path: string;
}

/** Job as read, with the stamp of what it was read from. */
export interface ReadEntry extends FoundJob, Pair {
  stamp: Stamp;
}

/** File that a job is read from. */
export function mainFileOf({ base, hasResult }: Pair): string {
  return hasResult ? resultNameOf(jobNameOf(base)) : jobNameOf(base);
}

/** Stamp of a job, which includes the journal of a running one; `null` if it is gone. */
export async function entryStamp(place: EntryPlace, pair: Pair): Promise<Stamp | null> {
  const stamp = await stampNow(join(place.path, mainFileOf(pair)));
  if (stamp === null || place.state !== 'running' || pair.hasResult) return stamp;
  return `${stamp} ${await stampNow(join(journalsOf(place), jobNameOf(pair.base)))}`;
}

function journalsOf({ path }: EntryPlace): string {
  return join(path, '..', OWN_DIRECTORY, OWN_NAMES.journals);
}

/** About 300 clips. Facts of clips in a longer journal appear only when the job has ended. */
const MAX_JOURNAL_BYTES = 4 * 1024 * 1024;

/** Verified clips in the journal of a running job, in the order of its sources. The runner's status says which of them are done. */
async function verifiedClips(place: EntryPlace, base: string): Promise<ParsedClip[]> {
  const use = { limit: MAX_JOURNAL_BYTES, take: (bytes: Buffer) => bytes.toString() };
  const read = await readListedFile(journalsOf(place), jobNameOf(base), use);
  const clips = read.kind === 'content' ? read.value.split('\n').flatMap(verifiedClip) : [];
  return [...new Map(clips.map((clip) => [clip.output_path, clip])).values()];
}

/** Clip in a line of a journal, which may be incomplete. */
function verifiedClip(line: string): ParsedClip[] {
  const entry = jsonIn(line);
  const ending = isObject(entry) ? entry['ending'] : null;
  const clip = isObject(ending) ? ending['clip'] : null;
  return isObject(clip) && clip['status'] === 'COMPLETED' ? [foundClip(readClip(clip, 0))] : [];
}

/**
 * Reads a listed job. In an archive, also looks for a result that wasn't there yet when the folder was listed.
 * @returns `null` if it is gone
 */
export async function readEntry(place: EntryPlace, pair: Pair): Promise<ReadEntry | null> {
  if (pair.hasResult) return readWithResult(place, pair);
  const isArchive = place.state === 'completed' || place.state === 'failed';
  if (!isArchive) return readWithoutResult(place, pair, null);
  const result = mainFileOf({ ...pair, hasResult: true });
  const hasResult = (await stampNow(join(place.path, result))) !== null;
  if (hasResult) return readWithResult(place, { ...pair, hasResult });
  return readWithoutResult(place, pair, `${result} is not there (yet).`);
}

/** True if a result lists all clips. If the job was rejected or ended early, its JobSpec has the others. */
function namesEverySource(result: ReadHead | null): boolean {
  return result !== null && result.listed === result.total_clips && result.listed > 0;
}

async function readWithResult({ path, state }: EntryPlace, pair: Pair): Promise<ReadEntry | null> {
  const clips: ParsedClip[] = [];
  const visit = (clip: ReadClip) => clips.push(foundClip(clip));
  const { outcome, content: result, problem } = await readResultFile(path, pair.base, visit);
  if (outcome.kind === 'gone') return null;
  const { stamp, modifiedAt } = outcome;
  const isFull = namesEverySource(result);
  const spec = pair.hasJob && !isFull ? (await readJobSpecFile(path, pair.base)).content : null;
  const requested = spec?.requested ?? result?.requested ?? null;
  const found =
    result === null
      ? jobWithoutResult('failed', modifiedAt, spec, problem)
      : jobWithResult(state, modifiedAt, result, { clips, requested }, isFull ? null : spec);
  return { ...pair, ...found, stamp };
}

/** @param missing sentence if its result is missing */
async function readWithoutResult(
  place: EntryPlace,
  pair: Pair,
  missing: string | null,
): Promise<ReadEntry | null> {
  const { path, state } = place;
  const stamp = await entryStamp(place, pair);
  const verified = state === 'running' ? await verifiedClips(place, pair.base) : [];
  const { outcome, content, problem } = await readJobSpecFile(path, pair.base);
  if (outcome.kind === 'gone') return null;
  const { facts, clips } = jobWithoutResult(state, outcome.modifiedAt, content, missing ?? problem);
  for (const [at, { status: _, when: __, ...known }] of verified.entries())
    if (clips[at]?.source_path === known.source_path) Object.assign(clips[at], known);
  return { ...pair, facts, clips, stamp: stamp ?? outcome.stamp };
}
