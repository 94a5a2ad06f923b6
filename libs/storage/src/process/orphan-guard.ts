import { once } from 'node:events';
import { hostname, userInfo } from 'node:os';
import { timestamp } from '@app/jobspec';
import { startProgram } from './start-program.ts';

const THIS_HOST = `host ${hostname()}, `;

/** Identity of this process, unique on its host: pid and start time never recur together. */
export const PROCESS_IDENTITY = `${THIS_HOST}pid ${process.pid}, started ${timestamp(new Date())}`;

/** User and host that run this program, `user@host`; the user's number if it has no name. */
export function whoRuns(): string {
  const host = hostname();
  try {
    return `${userInfo().username}@${host}`;
  } catch {
    return `${process.getuid?.() ?? 'unknown'}@${host}`;
  }
}

/** True if a process with this {@link PROCESS_IDENTITY} ran on this host. */
export const ranOnThisHost = (identity: string): boolean => identity.startsWith(THIS_HOST);

/** Environment variable set for every program that the runner starts; inherited by descendants, even in another process group. */
const MARK = 'WFR_STARTED_BY';

/** Environment of programs that must not outlive this process. */
export const MARKED_ENVIRONMENT = { [MARK]: PROCESS_IDENTITY };

/**
 * Shell script that reads a mark, waits for the end of its input, then kills every process that carries the mark. Later
 * passes find programs that were just being started.
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
 * Starts, once, a small shell that outlives this process briefly and kills the programs it leaves running. It waits on
 * a pipe whose other end only this process holds. Resolves once the shell has its mark.
 */
export async function startOrphanGuard(): Promise<void> {
  if (process.platform === 'win32') return;
  // If there is no guard, the next start of the runner ends the orphans.
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
 * Kills every process whose environment has this variable with this value, in whichever process group.
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
 * Kills the programs that an earlier process left running.
 *
 * @throws as {@link endMarked} does.
 */
export async function endOrphansOf(identity: string): Promise<void> {
  if (identity !== PROCESS_IDENTITY) await endMarked(MARK, identity);
}
