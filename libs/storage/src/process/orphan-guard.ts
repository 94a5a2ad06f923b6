import { once } from 'node:events';
import { hostname } from 'node:os';
import { timestamp } from '@app/jobspec';
import { startProgram } from './start-program.ts';

const THIS_HOST = `host ${hostname()}, `;

/** Names this process and, on its host, no other: pid and start time are never both the same again. */
export const PROCESS_IDENTITY = `${THIS_HOST}pid ${process.pid}, started ${timestamp(new Date())}`;

/** Whether a process that had this {@link PROCESS_IDENTITY} ran on this host. */
export const isOfThisHost = (identity: string): boolean => identity.startsWith(THIS_HOST);

/** Set for every program the runner starts; whatever those start inherits it, also in another process group. */
const MARK = 'WFR_STARTED_BY';

/** The variables of a program that must not outlive this process. */
export const MARKED_ENVIRONMENT = { [MARK]: PROCESS_IDENTITY };

/**
 * Reads a mark, waits for the end of its input, then kills whatever carries the mark. Programs that were just being
 * started are found by the later passes.
 */
const GUARD = `
trap '' HUP INT TERM
IFS= read -r mark || exit 0
while read -r line; do :; done
marked() {
  if [ -r /proc/self/environ ]; then
    grep -lsxzF "$mark" /proc/[0-9]*/environ | tr -cd '0-9\\n'
  else
    ps -axEwwo pid=,command= | while read -r pid rest; do
      case $rest in *"$mark"*) echo "$pid" ;; esac
    done
  fi
}
for pass in 1 2 3; do
  for pid in $(marked); do kill -KILL "$pid"; done
  sleep 0.1
done`;

let guard: Promise<void> | null = null;

/**
 * Starts, once, a small shell that outlives this process by a moment and kills what it leaves running. It waits on a
 * pipe whose other end only this process holds, and a program that is being started until it has its mark.
 */
export async function startOrphanGuard(): Promise<void> {
  if (process.platform === 'win32') return;
  // Without a guard, orphans are found at the next start.
  guard ??= startGuard().catch(() => void (guard = null));
  await guard;
}

async function startGuard() {
  const shell = await startProgram(['sh', '-c', GUARD], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const { stdin } = shell;
  stdin?.on('error', () => undefined);
  stdin?.write(`${MARK}=${PROCESS_IDENTITY}\n`);
  shell.unref();
  if (stdin && 'unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
}

/**
 * Kills whatever carries a variable with this value in its environment, however it has hidden itself.
 *
 * @throws JobFailure `program_not_started`.
 */
export async function endMarked(name: string, value: string): Promise<void> {
  if (process.platform === 'win32') return;
  const shell = await startProgram(['sh', '-c', GUARD], { stdio: ['pipe', 'ignore', 'ignore'] });
  shell.stdin?.on('error', () => undefined);
  shell.stdin?.end(`${name}=${value}\n`);
  await once(shell, 'close');
}

/**
 * Kills what a process of the past has left running, known by the {@link PROCESS_IDENTITY} it had.
 *
 * @throws as {@link endMarked} does.
 */
export async function endOrphansOf(identity: string): Promise<void> {
  if (identity !== PROCESS_IDENTITY) await endMarked(MARK, identity);
}
