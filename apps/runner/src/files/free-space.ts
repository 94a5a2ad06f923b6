import { statfs } from './bounded-fs.ts';

/** A filesystem with less than this free counts as full: bytes, or a share of it where it is small. */
export const MIN_FREE_BYTES = {
  forOutputs: 64 * 1024 * 1024,
  forResults: 1024 * 1024,
} as const;
const MIN_FREE_SHARE = 0.05;

/** Whether a filesystem counts as full. One that is gone, or doesn't answer, is another problem. */
export async function isFull(directory: string, minFreeBytes: number): Promise<boolean> {
  return (await roomIn(directory, minFreeBytes)) < 0;
}

/** How many bytes a filesystem may hold, whatever lies there now. */
export async function sizeOf(directory: string): Promise<number> {
  return statfs(directory).then(
    ({ blocks, bsize }) => blocks * bsize,
    () => Infinity,
  );
}

/** How many bytes may be written until a filesystem counts as full; below 0 when it does. */
export async function roomIn(directory: string, minFreeBytes: number): Promise<number> {
  try {
    const { bavail, blocks, bsize } = await statfs(directory);
    return bavail * bsize - Math.min(minFreeBytes, blocks * bsize * MIN_FREE_SHARE);
  } catch {
    return Infinity;
  }
}
