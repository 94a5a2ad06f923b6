import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchIndex } from './watch-index.ts';
import { unknownVariables } from './settings.ts';

const GRACE_MS = 500;

/** Makes the index warm before the first reader comes. Ends the process when a setting is bad. */
export async function startUp(): Promise<void> {
  subscribe('http.server.request.start', sanitizeRequest);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end());
  for (const sentence of unknownVariables(process.env)) console.warn(sentence);
  try {
    await watchIndex().start();
  } catch (error) {
    fail(error);
  }
}

/** Next would go on and answer every request with 500. */
function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}

/** Open pages keep a connection that never ends, and Next would wait for it; there is nothing here to lose. */
async function end(): Promise<void> {
  await sleep(GRACE_MS);
  // Node waits for a thread even if that waits for storage.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS);
  await watchIndex().stop();
  process.exit(0);
}

/**
 * Next fails with 500 at what it cannot hold in a `Request`. A TRACE becomes a method that is refused like any other, an
 * address that is not well-formed one that does not exist.
 */
function sanitizeRequest(message: unknown): void {
  const { request } = message as { request: IncomingMessage };
  if (request.method === 'TRACE') request.method = 'OPTIONS';
  if (!isWellFormed(request.url ?? '')) request.url = '/address-that-is-not-well-formed';
}

function isWellFormed(url: string): boolean {
  try {
    return decodeURIComponent(url.replace(/[?#].*$/su, '')) !== '';
  } catch {
    return false;
  }
}
