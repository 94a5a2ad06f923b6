import { unplannedClips, type Inventory, type Unplanned } from '@app/jobspec/inventory';
import { errorFact, readInventory, type WatchFolder } from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { attemptsOf, type KnownJobs } from './known-jobs.ts';

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
): Unplanned {
  const jobs = new Set([
    ...[...coming, ...ended].map(({ name }) => name),
    ...coming.map(({ sha256 }) => sha256),
    ...ended.map(({ result }) => result._metadata.jobspec_sha256),
  ]);
  const sources = new Set(attemptsOf({ coming, ended }).map(({ source }) => source));
  return unplannedClips(inventory, {
    hasJob: ({ job, job_sha256 }) => jobs.has(job ?? '') || jobs.has(job_sha256 ?? ''),
    hasClip: (path) => sources.has(path),
  });
}
