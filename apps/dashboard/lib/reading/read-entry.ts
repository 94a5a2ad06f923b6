import { jobNameOf, resultNameOf, type JobState } from '@app/jobspec/folder';

import type { FoundClip } from '../jobs/clip-row.ts';
import { foundClip } from './found-clip.ts';
import { decidedJob, undecidedJob, type FoundJob } from './found-job.ts';
import { readJobSpec, readResult } from './read-job.ts';
import type { Stamp } from './read-listed-file.ts';

/** Which of its two files a job has in a folder. */
export interface Pair {
  /** The name of the job without `.json`. */
  base: string;
  hasJob: boolean;
  hasResult: boolean;
}

export interface Place {
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

/** @returns `null` when the file went away since it was listed: the next listing knows better */
export async function readEntry(place: Place, pair: Pair): Promise<ReadEntry | null> {
  return pair.hasResult ? readDecided(place, pair) : readUndecided(place, pair);
}

async function readDecided({ path, state }: Place, pair: Pair): Promise<ReadEntry | null> {
  const clips: FoundClip[] = [];
  const { outcome, result, problem } = await readResult(path, pair.base, (clip) => {
    clips.push(foundClip(clip));
  });
  if (outcome.kind === 'gone') return null;
  const { stamp, modifiedAt } = outcome;
  const namesEverySource = result !== null && result.listed === result.total_clips;
  // A refused job counts its clips but lists none: its JobSpec says what a search for one of them wants to know.
  const isTold = namesEverySource && result.listed > 0;
  const spec = pair.hasJob && !isTold ? (await readJobSpec(path, pair.base)).facts : null;
  const found =
    result === null
      ? undecidedJob('failed', modifiedAt, spec, problem)
      : decidedJob(state, modifiedAt, result, clips, spec);
  return { ...pair, ...found, stamp };
}

async function readUndecided({ path, state }: Place, pair: Pair): Promise<ReadEntry | null> {
  const { outcome, facts, problem } = await readJobSpec(path, pair.base);
  if (outcome.kind === 'gone') return null;
  const archived = state === 'completed' || state === 'failed';
  const missing = archived ? `${resultNameOf(jobNameOf(pair.base))} is not there (yet).` : null;
  const found = undecidedJob(state, outcome.modifiedAt, facts, missing ?? problem);
  return { ...pair, ...found, stamp: outcome.stamp };
}
