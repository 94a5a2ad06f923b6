import { once } from 'node:events';
import { createServer } from 'node:net';
import { errorCode, errorFact } from '@app/storage';
import { ok, problem, type Finding } from './finding.ts';
import type { DoctorSettings } from './service.ts';

/**
 * Tries out whether health and metrics can be served where the settings want them. Nothing is said where they want none.
 *
 * @param isRunning whether a runner works on the folder: then the port is taken, and should be.
 */
export async function examineHttp(
  { httpHost: host, httpPort: port }: DoctorSettings,
  isRunning: boolean,
): Promise<Finding[]> {
  if (port === null) return [];
  const place = `${host}, port ${port}`;
  const server = createServer();
  try {
    server.listen({ port, host });
    await once(server, 'listening');
    return [ok(`health and metrics can be served on ${place}`)];
  } catch (error) {
    if (isRunning && errorCode(error) === 'EADDRINUSE')
      return [ok(`${place} is in use, as it should be while the runner works`)];
    return [
      problem(
        `Health and metrics can't be served on ${place}: ${errorFact(error)}. Choose another WFR_HTTP_PORT or WFR_HTTP_HOST.`,
      ),
    ];
  } finally {
    server.close();
  }
}
