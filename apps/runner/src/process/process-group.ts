import type { ChildProcess } from 'node:child_process';

/** How long a program may take to end politely, in seconds. FFmpeg finalises its file in that time. */
const POLITE_SECONDS = 5;

/**
 * Ends a program that leads its own process group: SIGTERM, wait for its real exit, and SIGKILL for the group if that
 * takes too long.
 */
export function endProcessGroup(
  child: Pick<ChildProcess, 'pid' | 'once' | 'exitCode' | 'signalCode'>,
): void {
  // Its number may be another's by now.
  if (child.exitCode !== null || child.signalCode !== null) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => killGroup(child), POLITE_SECONDS * 1000);
  child.once('exit', () => clearTimeout(timer));
}

/** Kills whatever is left of the group that a program leads or has led. */
export function killGroup(child: Pick<ChildProcess, 'pid'>): void {
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals) {
  if (leader === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? leader : -leader, signal);
  } catch {
    // Nothing is left of the group, which is what was wanted.
  }
}
