import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { sentence, takeWarnings } from './of-run.ts';

declare global {
  /** Of `preload.cjs`. */
  var openedFiles: Map<unknown, string>;
}

/** Time for what is being closed, in milliseconds. */
const CLOSING_MS = 2000;

const folder = dirname(process.env['PROCESS_WARNINGS'] ?? '');
const own = `${process.pid}.`;
// For what this worker notes itself, and for the programs that it starts.
process.env['PROCESS_WARNINGS'] = join(folder, String(process.pid));

afterAll(async () => {
  const end = performance.now() + CLOSING_MS;
  while (openedFiles.size > 0 && performance.now() < end) await sleep(10);
  const found = [...openedFiles.values(), ...takeWarnings(folder, own)];
  openedFiles.clear();
  if (found.length > 0) throw new Error(sentence(found));
});
