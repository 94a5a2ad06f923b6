import { stat, truncate } from 'node:fs/promises';

/** Cuts a file off, as a copy that was interrupted does. @param share what is left, 0 to 1. */
export async function truncateFile(path: string, share: number): Promise<void> {
  const { size } = await stat(path);
  await truncate(path, Math.floor(size * share));
}
