import { spawn } from 'node:child_process';
import { PROGRAM_DIRECTORY } from './environment.ts';
import { loadExeca } from './load-execa.ts';
import { PROCESS_IDENTITY } from './process-identity.ts';

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

let hasGuard = false;

/**
 * Starts, once, a small shell that outlives this process by a moment and kills what it leaves running. It waits on a
 * pipe whose other end only this process holds, and a program that is being started until it has its mark.
 */
export function startOrphanGuard(): void {
  if (hasGuard || process.platform === 'win32') return;
  hasGuard = true;
  const guard = spawn('sh', ['-c', GUARD], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    // It would else keep busy the file system that the runner was started in.
    cwd: PROGRAM_DIRECTORY,
  });
  // Without a guard, orphans are found at the next start.
  guard.on('error', () => (hasGuard = false));
  guard.stdin.on('error', () => undefined);
  guard.stdin.write(`${MARK}=${PROCESS_IDENTITY}\n`);
  guard.unref();
  if ('unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref();
}

/** Kills whatever carries a variable with this value in its environment, however it has hidden itself. */
export async function endMarked(name: string, value: string): Promise<void> {
  if (process.platform === 'win32') return;
  const { execa } = await loadExeca();
  await execa('sh', ['-c', GUARD], {
    input: `${name}=${value}\n`,
    reject: false,
    cwd: PROGRAM_DIRECTORY,
  });
}

/** Kills what a process of the past has left running, known by the {@link PROCESS_IDENTITY} it had. */
export async function endOrphansOf(identity: string): Promise<void> {
  if (identity !== PROCESS_IDENTITY) await endMarked(MARK, identity);
}
