import type { InventoryClip } from './inventory-line.ts';
import type { Inventory, LeftOutClip } from './inventory.ts';

/** What is known of jobs that wait, run or have ended. */
export interface JobsOfClips {
  /** Whether a job is known that was asked for. */
  hasJob: (asked: InventoryClip) => boolean;
  /** Whether any job has a clip. */
  hasClip: (path: string) => boolean;
}

/** Clips on media that no job makes, and what the record knows besides. */
export interface Unplanned {
  /** Each once. Left out, or asked for with a job that nobody knows: it was never dropped, or somebody has taken it away. */
  clips: LeftOutClip[];
  /** How many clips have lost the results of their archived jobs, by the card or folder that was named. */
  forgotten: ReadonlyMap<string, number>;
  /** How many clips that were left out somebody has put aside. */
  putAside: number;
  /** Cards and folders with clips, or failed jobs of theirs, that somebody has put aside. */
  mediaWithPutAside: ReadonlySet<string>;
  /** Whether nothing here is too young to be told: the JobSpec of a line may still be on its way. */
  isSettled: boolean;
}

/** A line is dropped before its JobSpec: one that is younger, in milliseconds, may belong to a plan that is being made. */
const FRESH_MS = 60_000;

/** Sorts what lies on media and was not made. */
export function unplannedClips(inventory: Inventory, { hasJob, hasClip }: JobsOfClips): Unplanned {
  const clips = new Map(inventory.leftOut().map((clip) => [clip.path, clip]));
  const forgotten = new Map<string, number>();
  const mediaWithPutAside = new Set<string>();
  let [putAside, isSettled] = [0, true];
  for (const clip of inventory.latest()) {
    const { job, path, medium, at } = clip;
    const isPutAside = inventory.isSeen(path, at);
    if (isPutAside && !hasClip(path)) putAside += 1;
    if (isPutAside || (job !== null && inventory.isSeen(job, at))) mediaWithPutAside.add(medium);
    if (job === null || clips.has(path) || hasJob(clip) || isPutAside) continue;
    if (inventory.wasArchived(clip)) {
      // Another job may have asked for the rest since.
      if (!hasClip(path)) forgotten.set(medium, (forgotten.get(medium) ?? 0) + 1);
    } else if (Date.now() - Date.parse(at) <= FRESH_MS) isSettled = false;
    else {
      const reason = `${job} was planned for it, and no such job is known. Plan it again.`;
      clips.set(path, { path, medium, cause: 'lost', reason, at });
    }
  }
  return { clips: [...clips.values()], forgotten, putAside, mediaWithPutAside, isSettled };
}
