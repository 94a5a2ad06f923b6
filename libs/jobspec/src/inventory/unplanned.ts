import { type InventoryClip, proxyKindOf } from './inventory-line.ts';
import type { Inventory, LeftOutClip } from './inventory.ts';

/** Known jobs: waiting, running or finished. */
export interface JobsOfClips {
  /** True if the requested job of a line is known. */
  hasJob: (asked: InventoryClip) => boolean;
  /** True if any job has a clip. */
  hasClip: (path: string) => boolean;
}

/** Clips on media that no job makes, and what else the inventory knows. */
export interface Unplanned {
  /** Clips that were left out, or whose job is unknown: never submitted, or removed since. Each once. */
  clips: LeftOutClip[];
  /** Number of clips whose archived jobs have lost their results, by card or folder. */
  forgotten: ReadonlyMap<string, number>;
  /** Number of left-out clips that were dismissed. */
  putAside: number;
  /** Cards and folders with dismissed clips or failed jobs. */
  mediaWithPutAside: ReadonlySet<string>;
  /** False if a line is so recent that its JobSpec may not have been submitted yet. */
  isSettled: boolean;
}

/** Age in milliseconds below which a line may belong to an unfinished plan: lines are submitted before their JobSpecs. */
const FRESH_MS = 60_000;

/** Finds the clips on media that no job makes. */
export function unplannedClips(inventory: Inventory, { hasJob, hasClip }: JobsOfClips): Unplanned {
  const clips = new Map(Array.from(inventory.leftOut(), (clip) => [clip.path, clip]));
  const forgotten = new Map<string, number>();
  const mediaWithPutAside = new Set<string>();
  let [putAside, isSettled] = [0, true];
  for (const clip of inventory.latest()) {
    const { job, path, medium, at } = clip;
    const isPutAside = inventory.isDismissed(path, at);
    if (isPutAside && !hasClip(path)) putAside += 1;
    if (isPutAside || (job !== null && inventory.isDismissed(job, at)))
      mediaWithPutAside.add(medium);
    if (job === null || clips.has(path) || hasJob(clip) || isPutAside) continue;
    if (inventory.wasArchived(clip)) {
      // Another job may have requested the clip since.
      if (!hasClip(path)) forgotten.set(medium, (forgotten.get(medium) ?? 0) + 1);
    } else if (Date.now() - Date.parse(at) <= FRESH_MS) isSettled = false;
    else {
      const reason = `${job} was planned for it, and no such job is known. Plan it again.`;
      clips.set(path, { path, medium, kind: proxyKindOf(clip), cause: 'lost', reason, at });
    }
  }
  return { clips: [...clips.values()], forgotten, putAside, mediaWithPutAside, isSettled };
}
