import { readEntry, type EntryPlace, type ReadEntry } from '../reading/read-entry.ts';
import type { Pair } from '../reading/pair.ts';
import { batchOf, type Batch } from '../store/batch.ts';

/** A batch is full with so many clips. */
const CLIPS = 10_000;

/** What became of jobs that were to be read. */
export interface ReadJobs {
  batch: Batch;
  /** Jobs that went since they were listed: the next listing knows better. */
  gone: string[];
  /** Those that have to wait for another time. */
  left: Pair[];
}

/** Reads jobs one after the other, until the batch is full or the time is over. */
export async function readJobs(
  place: EntryPlace,
  pairs: readonly Pair[],
  withinMs: number,
): Promise<ReadJobs> {
  const deadline = performance.now() + withinMs;
  const found: ReadEntry[] = [];
  const [gone, left]: [string[], Pair[]] = [[], []];
  let clips = 0;
  for (const pair of pairs) {
    const isTime = clips < CLIPS && performance.now() < deadline;
    const entry = isTime ? await readEntry(place, pair, deadline) : 'late';
    if (entry === 'late') left.push(pair);
    else if (entry === 'gone') gone.push(pair.base);
    else {
      found.push(entry);
      clips += entry.clips.length;
    }
  }
  return { batch: batchOf(place.folder, place.state, found), gone, left };
}
