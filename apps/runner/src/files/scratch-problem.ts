import { exists } from './exists.ts';
import { folderFault } from './folder-fault.ts';
import { isFull, MIN_FREE_BYTES } from './free-space.ts';

/** What keeps a directory from holding what proxies are compared with, as the end of a sentence; `null` when nothing does. */
export async function scratchProblem(path: string): Promise<string | null> {
  if (!(await exists(path).catch(() => true))) return 'is missing';
  const fault = await folderFault(path);
  if (fault !== null) return fault.fact;
  return (await isFull(path, MIN_FREE_BYTES.forOutputs)) ? 'has no space left' : null;
}
