import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { watchIndex } from './index/watch-index.ts';

/** Makes the index warm before the first reader comes. Ends the process when a setting is bad. */
export async function startUp(): Promise<void> {
  subscribe('http.server.request.start', refuseTrace);
  try {
    await watchIndex().start();
  } catch (error) {
    // Next would go on and answer every request with 500.
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

/** Next cannot hold a TRACE in a `Request` and fails with 500: as OPTIONS it is refused like any other method. */
function refuseTrace(message: unknown): void {
  const { request } = message as { request: IncomingMessage };
  if (request.method === 'TRACE') request.method = 'OPTIONS';
}
