import { errorFact, hashFile, type HashedFile } from '../files/index.ts';
import { printable, Progress } from '../text/index.ts';
import type { MadeClip, VerifiedProxy } from './clips/index.ts';

export interface HashedProxies {
  /** Those that have the size and the hash of their results, by path. */
  hashed: Map<string, HashedFile>;
  /** Why a proxy isn't there as it was verified, a sentence, by path. */
  lost: Map<string, string>;
}

/**
 * Reads every proxy once, one after the other, as they lie on one storage.
 *
 * @param verified what each proxy was when a job had made it, of jobs that aren't handed over too.
 */
export async function hashProxies(
  clips: readonly MadeClip[],
  verified: ReadonlyMap<string, readonly VerifiedProxy[]>,
): Promise<HashedProxies> {
  const progress = new Progress();
  const total = clips.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  let read = 0;
  const onRead = (count: number) => {
    read += count;
    progress.show(() => `Reading proxies: ${megabytes(read)} of ${megabytes(total)} MB`);
  };
  const hashed = new Map<string, HashedFile>();
  const lost = new Map<string, string>();
  for (const { job, proxy, bytes, xxh64 } of clips) {
    try {
      const file = await hashFile(proxy, onRead);
      const isSame = bytes === file.bytes && xxh64 === file.xxh64;
      if (isSame) hashed.set(proxy, file);
      else {
        const maker = verified.get(proxy)?.find((one) => one.xxh64 === file.xxh64)?.job;
        lost.set(
          proxy,
          maker === undefined ? changed(proxy, bytes, file) : taken(proxy, job, maker),
        );
      }
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

function changed(proxy: string, bytes: number | null, file: HashedFile): string {
  const isCut = bytes !== null && bytes !== file.bytes;
  const difference = isCut ? `it has ${file.bytes} bytes, not ${bytes}` : 'its hash differs';
  return `${printable(proxy)} isn't what was verified: ${difference}.`;
}

function taken(proxy: string, job: string, maker: string): string {
  return `${printable(proxy)} isn't what "${job}" made: it was made again, and is as "${maker}" made it. Hand that job over.`;
}
