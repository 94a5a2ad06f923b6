import { errorMessage } from '../files/system-error.ts';
import { printable } from '../text/printable.ts';
import type { MadeClip } from './clips/collected-clips.ts';
import { FileHasher, type HashedFile } from './file-hash.ts';
import type { Progress } from './progress.ts';

export interface HashedProxies {
  /** Those that have the size that was verified, by path. */
  hashed: Map<string, HashedFile>;
  /** A sentence for each proxy that isn't there as it was verified. */
  problems: string[];
}

/** Reads every proxy once, one after the other, as they lie on one storage. */
export async function hashProxies(
  clips: readonly MadeClip[],
  progress: Progress,
): Promise<HashedProxies> {
  const hasher = await FileHasher.create();
  const hashed = new Map<string, HashedFile>();
  const problems: string[] = [];
  for (const { proxy, bytes } of clips) {
    try {
      const file = await hasher.hash(proxy, (read) => progress.add(read));
      if (bytes === null || bytes === file.bytes) hashed.set(proxy, file);
      else
        problems.push(
          `${printable(proxy)} isn't what was verified: it has ${file.bytes} bytes, not ${bytes}.`,
        );
    } catch (error) {
      problems.push(`${printable(proxy)} can't be read: ${errorMessage(error)}`);
    }
  }
  return { hashed, problems };
}
