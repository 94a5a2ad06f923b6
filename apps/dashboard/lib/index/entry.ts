import { jobNameOf, resultNameOf, type JobState } from '@app/jobspec/folder';
import { bareRow, resultRow, type JobRow, type RowReference } from './job-row.ts';
import type { Pair } from './listing.ts';
import { readJobSpec, readResult } from './read-job.ts';
import type { ReadOutcome, Stamp } from './read-listed-file.ts';

/** A job of a folder: what the last listing showed, and what was read of it. */
export interface Entry extends Pair {
  base: string;
  /** Of the file that the row was made from; `null` before it was read. */
  stamp: Stamp | null;
  row: JobRow | null;
  /** Waits to be read. */
  queued: boolean;
}

export interface Place {
  folder: string;
  state: JobState;
  /** The state's folder. */
  path: string;
}

export interface FreshRow {
  stamp: Stamp;
  row: JobRow;
}

/** The file that a row is made from. */
export function mainFileOf({ base, hasResult }: Entry): string {
  return hasResult ? resultNameOf(jobNameOf(base)) : jobNameOf(base);
}

/** @returns `null` when the file went away since it was listed: the next listing knows better */
export async function readEntry(place: Place, entry: Entry): Promise<FreshRow | null> {
  return entry.hasResult ? readDecided(place, entry) : readUndecided(place, entry);
}

async function readDecided(place: Place, { base, hasJob }: Entry): Promise<FreshRow | null> {
  const { outcome, result, problem } = await readResult(place.path, base);
  if (outcome.kind === 'gone') return null;
  const reference = referenceOf(place, base, outcome);
  const namesEverySource = result !== null && result.clips.length === result.total_clips;
  // A refused job counts its clips but lists none: its JobSpec says what a search for one of them wants to know.
  const ended = namesEverySource && result.clips.length > 0;
  const facts = hasJob && !ended ? (await readJobSpec(place.path, base)).facts : null;
  const row =
    result === null ? bareRow(reference, facts, problem) : resultRow(reference, result, facts);
  return { stamp: outcome.stamp, row };
}

async function readUndecided(place: Place, { base }: Entry): Promise<FreshRow | null> {
  const { outcome, facts, problem } = await readJobSpec(place.path, base);
  if (outcome.kind === 'gone') return null;
  const archived = place.state === 'completed' || place.state === 'failed';
  const missing = archived ? `${resultNameOf(jobNameOf(base))} is not there (yet).` : null;
  const row = bareRow(referenceOf(place, base, outcome), facts, missing ?? problem);
  return { stamp: outcome.stamp, row };
}

function referenceOf(
  { folder, state }: Place,
  base: string,
  { modifiedAt }: Exclude<ReadOutcome, { kind: 'gone' }>,
): RowReference {
  return { folder, state, name: jobNameOf(base), modifiedAt };
}
