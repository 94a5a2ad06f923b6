import { join, parse } from 'node:path';
import { leftoverOf } from '@app/engines';
import { foldedName } from '@app/jobspec';
import { contains, errorCode, readdir } from '../files/index.ts';
import { HISTORY_FOLDER } from './mhl/chain.ts';
import type { JobDocument } from './draft.ts';
import type { Clip } from './examine.ts';
import { slashed } from './found.ts';
import type { HashList } from './mhl/find-lists.ts';
import { PlanRefusal } from './plan-refusal.ts';
import type { PlanRequest } from './plan-request.ts';

/**
 * Proxies beside clips lie on a medium that is somebody else's. A folder in which more lies than proxies of the clips beside it, whoever
 * made them, may be anything; and what a hash list covers must not grow.
 *
 * @param others clips that lie beside those, and have proxies there too.
 * @throws PlanRefusal
 */
export async function checkBeside(
  documents: readonly JobDocument[],
  lists: readonly HashList[],
  { place }: PlanRequest,
  others: readonly Pick<Clip, 'path'>[] = [],
): Promise<void> {
  if (place.how === 'output') return;
  const folders = new Map<string, Set<string>>();
  for (const { directory, outputs, clips } of documents) {
    const stems = folders.get(directory) ?? new Set<string>();
    for (const path of [...outputs, ...clips.map((clip) => clip.path)]) stems.add(stemOf(path));
    for (const { path } of others) stems.add(stemOf(path));
    folders.set(directory, stems);
  }
  for (const [folder, stems] of folders) {
    const list = lists.find((one) => contains(one.folder, folder));
    if (list !== undefined) throw covered(folder, list.history ?? list.files[0] ?? list.folder);
    const names = await readdir(folder).catch((error: unknown) => {
      if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return [];
      throw error;
    });
    const other = names.find((name) => !stems.has(stemOf(name)) && !isHarmless(folder, name));
    if (other !== undefined) throw foreign(join(folder, other), place.name);
  }
}

function stemOf(path: string): string {
  return foldedName(parse(path).name);
}

/** What systems and hand-overs leave in every folder. */
function isHarmless(folder: string, name: string): boolean {
  if (name.startsWith('.') || name === HISTORY_FOLDER) return true;
  const nothing = { folder: new Set<string>(), parent: new Set<string>() };
  return leftoverOf(slashed(join(folder, name)), nothing) === 'index';
}

function foreign(path: string, name: string): PlanRefusal {
  return new PlanRefusal(
    'usage',
    `${path} is no proxy of a clip beside its folder: ${name} is used for something else. Give --beside another name, or name a folder with --output.`,
  );
}

function covered(folder: string, list: string): PlanRefusal {
  return new PlanRefusal(
    'usage',
    `${folder} lies under the hash list ${list}, which doesn't know the proxies. Name a folder with --output.`,
  );
}
