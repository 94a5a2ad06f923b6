import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { getSystemErrorMap } from 'node:util';
import { JobFailure } from '@app/jobspec';
import { errorMessage, isSystemError } from '../files/index.ts';
import { PROGRAM_DIRECTORY } from './environment.ts';

/** A program and its arguments. */
export type Argv = readonly [command: string, ...args: string[]];

/**
 * Starts a program, without a shell, where every path is absolute. Readers that are set at once miss nothing of what it writes.
 *
 * With no descriptor left (EMFILE, ENFILE) Node returns before it has made a pipe, with too little memory (ENOMEM) it throws, and
 * of all else that the system refuses it tells by an event: here all of them are one failure, of this program alone.
 *
 * @param name what people know it by, where another program starts it.
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
    // Of a signal that can't be sent it tells by this event, too.
    child.on('error', () => undefined);
    return child;
  } catch (cause) {
    throw notStarted(name, inWords(cause), { cause });
  }
}

/** @param error in the system's words. */
export function notStarted(program: string, error: string, options: ErrorOptions = {}): JobFailure {
  return new JobFailure('program_not_started', { program, error }, options);
}

function inWords(error: unknown): string {
  const known = isSystemError(error) && getSystemErrorMap().get(error.errno ?? 0);
  return known ? known[1] : errorMessage(error);
}
