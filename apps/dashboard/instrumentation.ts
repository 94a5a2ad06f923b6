import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** Next calls this once when the server starts: the index is warm before the first reader comes. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  subscribe('http.server.request.start', refuseTrace);
  const { watchIndex } = await import('./lib/index/watch-index.ts');
  watchIndex();
}

/** Next cannot hold a TRACE in a `Request` and fails with 500: as OPTIONS it is refused like any other method. */
function refuseTrace(message: unknown): void {
  const { request } = message as { request: IncomingMessage };
  if (request.method === 'TRACE') request.method = 'OPTIONS';
}
