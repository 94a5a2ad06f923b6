import { isatty } from 'node:tty';
import { report } from '../logging/runner-logger.ts';

/** Signals that ask to stop. */
export const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** True if stdin, stdout or stderr is a terminal. Under `nohup` none is. */
export function isAttended(): boolean {
  return [0, 1, 2].some((descriptor) => isatty(descriptor));
}

/** Aborts at the first stop signal, or when the terminal closes. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of [...STOP_SIGNALS, 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stop.signal.aborted) report('jobs_stopping', { signal });
      stop.abort();
    });
  }
  return stop.signal;
}
