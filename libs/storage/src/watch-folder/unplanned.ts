import { JOB_STATES } from '@app/jobspec/folder';
import { unplannedClips, type Inventory, type LeftOutClip } from '@app/jobspec/inventory';
import { readdir } from '../files/bounded-fs.ts';
import { isAbsent } from '../files/system-error.ts';
import { readInventory } from './inventory-file.ts';
import type { WatchFolder } from './watch-folder.ts';

/**
 * Clips in the inventory for which no job exists. Only job file names are compared; JobSpecs aren't opened.
 *
 * @throws the system's error.
 */
export async function unplannedIn(
  folder: WatchFolder,
): Promise<{ clips: LeftOutClip[] } & Pick<Inventory, 'faults' | 'notices' | 'fill'>> {
  const inventory = await readInventory(folder);
  const names = new Set<string>();
  for (const state of JOB_STATES) for (const name of await namesIn(folder[state])) names.add(name);
  const { clips } = unplannedClips(inventory, {
    hasJob: ({ job }) => names.has(job ?? ''),
    hasClip: () => false,
  });
  const { faults, notices, fill } = inventory;
  return { clips, faults, notices, fill };
}

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
}
