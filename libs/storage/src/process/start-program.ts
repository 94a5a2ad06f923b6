import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { getSystemErrorMap } from 'node:util';
import { JobFailure } from '@app/jobspec';
import { errorMessage, isSystemError } from '../files/system-error.ts';
import { PROGRAM_DIRECTORY } from './environment.ts';

/** A program and its arguments. */
export type Argv = readonly [command: string, ...args: string[]];

/**
 * Starts a program without a shell. Readers that are attached right after the call miss no output.
 *
 * Node reports failures in three ways: it returns without pipes if it has run out of descriptors (EMFILE, ENFILE),
 * throws if it has run out of memory (ENOMEM), and emits an event in all other cases. Here each becomes the same
 * failure, of this program alone.
 *
 * @throws JobFailure `program_not_started`, with the system's error as its cause.
 */
export async function startProgram(
  [command, ...args]: Argv,
  options: SpawnOptions,
): Promise<ChildProcess> {
  try {
    const child = spawn(command, args, { cwd: PROGRAM_DIRECTORY, ...options });
    await once(child, 'spawn');
    // Also emitted if a signal can't be sent.
    child.on('error', () => undefined);
    return child;
  } catch (cause) {
    const facts = { program: command, error: inWords(cause) };
    throw new JobFailure('program_not_started', facts, { cause });
  }
}

function inWords(error: unknown): string {
  const known = isSystemError(error) && getSystemErrorMap().get(error.errno ?? 0);
  return known ? known[1] : errorMessage(error);
}
