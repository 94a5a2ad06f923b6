import { unplannedClips, type Inventory, type Unplanned } from '@app/jobspec/inventory';
import { kindOf } from '@app/jobspec/ledger';
import { errorFact, readInventory, type WatchFolder } from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { attemptsOf, type KnownJobs } from './known-jobs.ts';

/** Reads the inventory of a watch folder. @throws Refusal if it can't be read */
export async function inventoryOf(folder: WatchFolder): Promise<Inventory> {
  return readInventory(folder).catch((error: unknown) => {
    throw new Refusal('folder', `${folder.inventory} can't be read: ${errorFact(error)}.`);
  });
}

/** Returns the inventory's clips that no job makes. Jobs must be read after the inventory. */
export function notPlanned(
  inventory: Inventory,
  { coming, ended }: Pick<KnownJobs, 'coming' | 'ended'>,
): Unplanned {
  const [sources, requested] = [new Set<string>(), new Set<string>()];
  for (const { source, kind, job } of attemptsOf({ coming, ended })) {
    const sha256 = 'result' in job ? job.result._metadata.jobspec_sha256 : job.sha256;
    sources.add(source);
    for (const by of [job.name, sha256])
      requested.add([by, formatOf(kind ?? ''), source].join('\n'));
  }
  return unplannedClips(inventory, {
    // A record may name any job. It counts only if that job makes this format of the clip.
    hasJob: ({ job, job_sha256, kind, path }) =>
      [job, job_sha256].some((by) => requested.has([by, formatOf(kind), path].join('\n'))),
    hasClip: (path) => sources.has(path),
  });
}

/** Codec and container: common prefix of kinds in the inventory and the ledger. */
function formatOf(kind: string): string | null {
  const [codec = '', container = ''] = kind.split(' ');
  return kindOf({ codec, container, resolution: null, fps: null, looks: [] });
}
