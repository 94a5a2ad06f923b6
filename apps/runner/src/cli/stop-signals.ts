import { isatty } from 'node:tty';
import { report } from '../logging/runner-logger.ts';

/** Signals that ask to stop. */
export const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Whether somebody sits in front of it: stdin, stdout or stderr is a terminal. Under `nohup` none is. */
export function isAttended(): boolean {
  return [0, 1, 2].some((descriptor) => isatty(descriptor));
}

/** Aborts at the first signal to stop, or when the terminal goes. */
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
