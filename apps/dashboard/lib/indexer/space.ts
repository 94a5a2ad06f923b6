import { statfs } from 'node:fs/promises';
import type { Space } from '../jobs/folder-view.ts';

/** What changes by less is no news: every page would be made again with each file that is written. */
const STEPS = 500;

/** What is free on the volume of a folder; `null` when nobody can tell. */
export async function spaceOf(path: string): Promise<Space | null> {
  const stats = await statfs(path).catch(() => null);
  if (stats === null || stats.blocks <= 0) return null;
  const total = stats.blocks * stats.bsize;
  const step = total / STEPS;
  return { total, free: Math.floor((stats.bavail * stats.bsize) / step) * step };
}
