import { setTimeout as sleep } from 'node:timers/promises';
import { watchIndex } from './watch-index.ts';

/** Nobody notices it, and who asks without pause takes half a core less. */
const PAUSE_MS = 100;

/** While much is read for the first time, an answer waits a moment: asking must not slow the reading down. */
export async function throttleWhileIndexing(): Promise<void> {
  if (watchIndex().indexing !== null) await sleep(PAUSE_MS);
}
