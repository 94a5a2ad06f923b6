import { constants } from 'node:fs';
import { access, errorFact, stat } from '../../files/index.ts';
import { printable } from '../../text/index.ts';

/** Why a program can't be started after jobs, a sentence; `null` for one that can, and for none. */
export async function afterJobFault(program: string | null): Promise<string | null> {
  if (program === null) return null;
  const fact = await factOf(program);
  const advice = 'Name a program that the runner may start, or leave --after-job out.';
  return fact === null
    ? null
    : `The program of --after-job, ${printable(program)}, ${fact}. ${advice}`;
}

async function factOf(program: string): Promise<string | null> {
  try {
    if (!(await stat(program)).isFile()) return 'is not a file';
    await access(program, constants.X_OK);
    return null;
  } catch (error) {
    return `can't be started: ${errorFact(error)}`;
  }
}
