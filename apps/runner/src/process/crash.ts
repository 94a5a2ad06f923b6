import type { ProcessOutcome } from './child-process.ts';

const CRASHES = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGTRAP', 'SIGSYS']);

/** Whether a program crashed, which it does each time it is run so; who ends it does it once. */
export function hasCrashed({ endedBy }: Pick<ProcessOutcome, 'endedBy'>): boolean {
  return endedBy !== null && CRASHES.has(endedBy);
}
