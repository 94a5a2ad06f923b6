import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchIndex } from './watch-index.ts';
import { unknownVariables } from './settings.ts';

const GRACE_MS = 500;

/** Starts the index before the first request. Exits with 2 if a setting is bad or the index can't be created. */
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

/** Exits: Next would keep running and answer every request with 500. */
function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}

/** Exits without waiting for open event streams; Next would wait for them. There is nothing to lose. */
async function end(): Promise<void> {
  await sleep(GRACE_MS);
  // Terminating the worker hangs if it is blocked on storage.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS);
  await watchIndex().stop();
  process.exit(0);
}

/**
 * Rewrites requests that Next answers with 500 because it can't build a `Request`: TRACE becomes OPTIONS (405), a malformed
 * URL becomes one that doesn't exist (404).
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
