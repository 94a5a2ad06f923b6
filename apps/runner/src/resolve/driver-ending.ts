import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { errorMessage } from '../files/index.ts';
import type { DriverError } from './driver-events.ts';

/** No library crashes with these: somebody sent them, or a system that is short of memory. */
const FROM_OUTSIDE: ReadonlySet<string> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP']);

/** Waits for a driver's end. @returns exit code, signal, and what kept it from starting. */
export async function ended(
  child: ChildProcess,
): Promise<[exitCode: number | null, signal: string | null, cause: unknown]> {
  try {
    const [exitCode, signal] = (await once(child, 'close')) as [number | null, string | null];
    return [exitCode, signal, null];
  } catch (error) {
    return [null, null, error];
  }
}

/**
 * What the end of a driver means that has said neither result nor error: Resolve's library crashes Pythons that it
 * wasn't built for.
 *
 * @param ending exit code or signal; `null` when the process never was.
 */
export function explainEnd(
  python: string,
  phase: string,
  ending: number | string | null,
  cause: unknown,
): DriverError {
  if (ending === null) {
    const message = `Python can't be started at ${python}: ${errorMessage(cause)}`;
    return { code: 'PYTHON_MISSING', phase, message, detail: null };
  }
  if (typeof ending === 'string' && FROM_OUTSIDE.has(ending)) {
    const message = `The driver was ended by ${ending}.`;
    return { code: 'DRIVER_KILLED', phase, message, detail: null };
  }
  const isLoading = phase === 'load_module';
  return {
    code: isLoading ? 'PYTHON_INCOMPATIBLE' : 'DRIVER_CRASHED',
    phase,
    message: isLoading
      ? `${python} crashed (${ending}) while it loaded Resolve's scripting module.`
      : `The driver ended without an answer (${ending}).`,
    detail: null,
  };
}
