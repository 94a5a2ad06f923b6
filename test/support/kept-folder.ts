import { cp, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'vitest';

/** Place where folders of failed tests are kept for people; unset, none is kept. */
const KEPT = process.env['KEEP_FAILED'];

export function hasFailed({ task }: TestContext): boolean {
  return task.result?.state === 'fail';
}

/** Leaves a copy of what a failed test has worked on, under its name. */
export async function keepFolder(path: string, name: string): Promise<void> {
  if (KEPT === undefined) return;
  const folder = name.replaceAll(/[^\w.-]+/g, '-').slice(0, 100);
  // Sockets and FIFOs can't be copied, and tell nothing.
  const options = { recursive: true, filter: isPlain };
  await cp(path, join(KEPT, folder), options);
}

async function isPlain(source: string): Promise<boolean> {
  const stats = await lstat(source);
  return stats.isFile() || stats.isDirectory() || stats.isSymbolicLink();
}
