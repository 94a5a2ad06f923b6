import { join } from 'node:path';
import { jobNameOf, resultNameOf, type JobState } from '@app/jobspec/folder';
import type { ReadClip, ReadHead } from '@app/jobspec/result';

import { foundClip, type ToldClip } from './found-clip.ts';
import { decidedJob, undecidedJob, type FoundJob } from './found-job.ts';
import { readJobSpec, readResult } from './read-job.ts';
import type { Pair } from './pair.ts';
import { stampNow, type Stamp } from './read-listed-file.ts';

export interface EntryPlace {
  folder: string;
  state: JobState;
  /** The state's folder. */
  path: string;
}

/** A job that was read, and what tells this content of its main file from the next. */
export interface ReadEntry extends FoundJob, Pair {
  stamp: Stamp;
}

/** The file that a job is read from. */
export function mainFileOf({ base, hasResult }: Pair): string {
  return hasResult ? resultNameOf(jobNameOf(base)) : jobNameOf(base);
}

/** Which files of a job lie there now. */
export async function pairNow({ path, state }: EntryPlace, base: string): Promise<Pair> {
  const isThere = async (name: string) => (await stampNow(join(path, name))) !== null;
  const job = jobNameOf(base);
  const hasJob = await isThere(job);
  return { base, hasJob, hasResult: hasResults(state) && (await isThere(resultNameOf(job))) };
}

/** A result in pending/ is a file of somebody else: the runner leaves it alone, and so does the index. */
export function hasResults(state: JobState): boolean {
  return state !== 'pending';
}

/** `gone` since it was listed: the next listing knows better. `late`: it is to be read another time. */
export type Unread = 'gone' | 'late';

/**
 * A listing that goes on may have shown the job of an archive, and not its result yet: that is looked for.
 * @param deadline of `performance.now()`: no large file is begun later
 */
export async function readEntry(
  place: EntryPlace,
  pair: Pair,
  deadline: number,
): Promise<ReadEntry | Unread> {
  const now = pair.hasResult || !isArchive(place) ? pair : await pairNow(place, pair.base);
  return now.hasResult ? readDecided(place, now, deadline) : readUndecided(place, now, deadline);
}

function isArchive({ state }: EntryPlace): boolean {
  return state === 'completed' || state === 'failed';
}

/** A refused job counts its clips but lists none: its JobSpec says what a search for one of them wants to know. */
function namesEverySource(result: ReadHead | null): boolean {
  return result !== null && result.listed === result.total_clips && result.listed > 0;
}

async function readDecided(
  { path, state }: EntryPlace,
  pair: Pair,
  deadline: number,
): Promise<ReadEntry | Unread> {
  const clips: ToldClip[] = [];
  const visit = (clip: ReadClip) => clips.push(foundClip(clip));
  const { outcome, result, problem } = await readResult(path, pair.base, visit, deadline);
  if (outcome.kind === 'gone' || outcome.kind === 'late') return outcome.kind;
  const { stamp, modifiedAt } = outcome;
  const isTold = namesEverySource(result);
  const spec = pair.hasJob && !isTold ? (await readJobSpec(path, pair.base)).facts : null;
  const requested = spec?.requested ?? result?.requested ?? null;
  const found =
    result === null
      ? undecidedJob('failed', modifiedAt, spec, problem)
      : decidedJob(state, modifiedAt, result, { clips, requested }, isTold ? null : spec);
  return { ...pair, ...found, stamp };
}

async function readUndecided(
  place: EntryPlace,
  pair: Pair,
  deadline: number,
): Promise<ReadEntry | Unread> {
  const { path, state } = place;
  const { outcome, facts, problem } = await readJobSpec(path, pair.base, deadline);
  if (outcome.kind === 'gone' || outcome.kind === 'late') return outcome.kind;
  const missing = isArchive(place)
    ? `${resultNameOf(jobNameOf(pair.base))} is not there (yet).`
    : null;
  const found = undecidedJob(state, outcome.modifiedAt, facts, missing ?? problem);
  return { ...pair, ...found, stamp: outcome.stamp };
}
