import { isatty } from 'node:tty';

/** Signals that ask to stop. */
export const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Whether somebody sits in front of it: stdin, stdout or stderr is a terminal. Under `nohup` none is. */
export function isAttended(): boolean {
  return [0, 1, 2].some((descriptor) => isatty(descriptor));
}
