import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { getSystemErrorMap } from 'node:util';
import { JobFailure } from '@app/jobspec';
import { errorCode, errorMessage, isSystemError } from '../files/system-error.ts';
import { PROGRAM_DIRECTORY } from './environment.ts';

/** A program and its arguments. */
export type Argv = readonly [command: string, ...args: string[]];

/**
 * Starts a program without a shell. Readers attached at once miss no output.
 *
 * Node reports failures in three ways: it returns before it has made a pipe without descriptors (EMFILE, ENFILE), throws without
 * memory (ENOMEM), and emits an event for anything else. Here all of them are one failure, of this program alone.
 *
 * @param name name for people if a wrapper starts the program.
 * @throws JobFailure `program_not_started`, with the system's error as its cause.
 */
export async function startProgram(
  [command, ...args]: Argv,
  options: SpawnOptions,
  name = command,
): Promise<ChildProcess> {
  try {
    const child = spawn(command, args, { cwd: PROGRAM_DIRECTORY, ...options });
    await once(child, 'spawn');
    // Also emitted if a signal can't be sent.
    child.on('error', () => undefined);
    return child;
  } catch (cause) {
    throw notStarted(name, inWords(cause), { cause });
  }
}

/** @param error the system's message. */
function notStarted(program: string, error: string, options: ErrorOptions = {}): JobFailure {
  return new JobFailure('program_not_started', { program, error }, options);
}

function inWords(error: unknown): string {
  const known = isSystemError(error) && getSystemErrorMap().get(error.errno ?? 0);
  return known ? known[1] : errorMessage(error);
}

const BIND = ['setpriv', '--pdeathsig', 'KILL', '--'] as const;
/** Message of setpriv if the system refuses the program itself. */
const NOT_EXECUTED = /^setpriv: failed to execute .*: (.+)\n$/;
/** Exit codes of setpriv in that case. */
const EXIT_NOT_EXECUTED: ReadonlySet<unknown> = new Set([126, 127]);

let canBind: Promise<boolean> | null = null;

/**
 * Makes the kernel kill a program the moment this process dies. Linux only, through util-linux' setpriv, which replaces itself by
 * the program, so pid and exit code are the program's own.
 *
 * @throws JobFailure `program_not_started` if setpriv can't be started now.
 */
export async function boundToThisProcess(argv: Argv): Promise<Argv> {
  canBind ??= isBindable();
  try {
    return (await canBind) ? [...BIND, ...argv] : argv;
  } catch (error) {
    // Retried with the next program.
    canBind = null;
    throw error;
  }
}

/** @throws JobFailure `program_not_started` for a bound program that setpriv couldn't execute. */
export function checkExecuted(
  [command]: Argv,
  { exitCode, stderr }: { exitCode: number | null; stderr: string },
): void {
  const [, error] = (EXIT_NOT_EXECUTED.has(exitCode) && NOT_EXECUTED.exec(stderr)) || [];
  if (error !== undefined) throw notStarted(command, error);
}

/** Other programs called setpriv lack the option. */
async function isBindable(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  try {
    const child = await startProgram([...BIND, 'true'], { stdio: 'ignore' });
    const [exitCode] = await once(child, 'close');
    return exitCode === 0;
  } catch (error) {
    if (errorCode((error as Error).cause) === 'ENOENT') return false;
    throw error;
  }
}
