import type { Inventory, InventoryClip, LeftOutClip } from '@app/jobspec/inventory';
import { errorFact, readInventory, type WatchFolder } from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { attemptsOf, type KnownJobs } from './known-jobs.ts';

/** Clips on media that no job makes proxies of, by the record and the jobs of a watch folder. */
export interface NotPlanned {
  leftOut: LeftOutClip[];
  /** Of which no job is known: its JobSpec isn't dropped yet or never was, or somebody has taken it away. */
  lost: InventoryClip[];
  /** Whose results somebody has moved away since the runner archived their jobs: nobody's fault. */
  forgotten: InventoryClip[];
}

/** The record of a watch folder. @throws Refusal when it can't be read. */
export async function inventoryOf(folder: WatchFolder): Promise<Inventory> {
  return readInventory(folder).catch((error: unknown) => {
    throw new Refusal('folder', `${folder.inventory} can't be read: ${errorFact(error)}.`);
  });
}

/** Looks for the job of each clip that was asked for, among jobs that were read after the record. */
export function notPlanned(
  inventory: Inventory,
  { coming, ended }: Pick<KnownJobs, 'coming' | 'ended'>,
): NotPlanned {
  const known = new Set([
    ...[...coming, ...ended].map(({ name }) => name),
    ...coming.map(({ sha256 }) => sha256),
    ...ended.map(({ result }) => result._metadata.jobspec_sha256),
  ]);
  const sources = new Set(attemptsOf({ coming, ended }).map(({ source }) => source));
  const found: NotPlanned = { leftOut: [...inventory.leftOut()], lost: [], forgotten: [] };
  // What was asked for in another look stands for what was asked for before.
  const latest = new Map<string, InventoryClip>();
  for (const clip of inventory.clips) {
    const key = `${clip.kind}\n${clip.path}`;
    if (Date.parse(clip.at) >= Date.parse(latest.get(key)?.at ?? clip.at)) latest.set(key, clip);
  }
  for (const clip of latest.values()) {
    if (clip.job === null || known.has(clip.job) || known.has(clip.job_sha256 ?? '')) continue;
    if (inventory.wasArchived(clip)) {
      // Another job may have asked for the rest since.
      if (!sources.has(clip.path)) found.forgotten.push(clip);
    } else found.lost.push(clip);
  }
  return found;
}

/** How many clips that are. */
export function countOf({ leftOut, lost }: Pick<NotPlanned, 'leftOut' | 'lost'>): number {
  return new Set([...leftOut, ...lost].map(({ path }) => path)).size;
}
