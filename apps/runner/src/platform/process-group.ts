import type { ChildProcess } from 'node:child_process';

/** How long a program may take to end politely, in seconds. FFmpeg finalises its file in that time. */
const POLITE_SECONDS = 5;

/**
 * Ends a program that leads its own process group: SIGTERM, wait for its real exit, then SIGKILL for whatever is left
 * of the group.
 */
export function endProcessGroup(child: Pick<ChildProcess, 'pid' | 'once'>): void {
  const { pid } = child;
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), POLITE_SECONDS * 1000);
  child.once('exit', () => {
    clearTimeout(timer);
    signalGroup(pid, 'SIGKILL');
  });
}

function signalGroup(leader: number, signal: NodeJS.Signals) {
  try {
    process.kill(process.platform === 'win32' ? leader : -leader, signal);
  } catch {
    // Nothing is left of the group, which is what was wanted.
  }
}
