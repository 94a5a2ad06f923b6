import { errorFact, FileHasher, type HashedFile } from '../files/index.ts';
import { printable, Progress } from '../text/index.ts';
import type { MadeClip } from './clips/index.ts';

export interface HashedProxies {
  /** Those that have the size and the hash of their results, by path. */
  hashed: Map<string, HashedFile>;
  /** Why a proxy isn't there as it was verified, a sentence, by path. */
  lost: Map<string, string>;
}

/** Reads every proxy once, one after the other, as they lie on one storage. */
export async function hashProxies(clips: readonly MadeClip[]): Promise<HashedProxies> {
  const progress = new Progress();
  const total = clips.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  let read = 0;
  const onRead = (count: number) => {
    read += count;
    progress.show(() => `Reading proxies: ${megabytes(read)} of ${megabytes(total)} MB`);
  };
  const hasher = await FileHasher.create();
  const hashed = new Map<string, HashedFile>();
  const lost = new Map<string, string>();
  for (const { proxy, bytes, xxh64 } of clips) {
    try {
      const file = await hasher.hash(proxy, onRead);
      const isSame = (bytes ?? file.bytes) === file.bytes && (xxh64 ?? file.xxh64) === file.xxh64;
      if (isSame) hashed.set(proxy, file);
      else
        lost.set(proxy, `${printable(proxy)} isn't what was verified: ${difference(bytes, file)}.`);
    } catch (error) {
      lost.set(proxy, `${printable(proxy)} can't be read: ${errorFact(error)}.`);
    }
  }
  progress.end();
  return { hashed, lost };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}

function difference(bytes: number | null, file: HashedFile): string {
  const isCut = bytes !== null && bytes !== file.bytes;
  return isCut ? `it has ${file.bytes} bytes, not ${bytes}` : 'its hash differs';
}
