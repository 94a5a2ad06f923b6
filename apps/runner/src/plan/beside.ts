import { contains } from '../files/index.ts';
import type { JobDocument } from './draft.ts';
import type { HashList } from './mhl/find-lists.ts';
import { PlanRefusal } from './plan-refusal.ts';

/** Proxies beside clips lie on a medium that is somebody else's: what a hash list covers must not grow. @throws PlanRefusal */
export function checkBeside(documents: readonly JobDocument[], lists: readonly HashList[]) {
  for (const { directory } of documents) {
    const list = lists.find((one) => contains(one.folder, directory));
    if (list === undefined) continue;
    const path = list.history ?? list.files[0] ?? list.folder;
    const sentence = `${directory} lies under the hash list ${path}, which doesn't know the proxies. Name a folder with --output.`;
    throw new PlanRefusal('usage', sentence);
  }
}
