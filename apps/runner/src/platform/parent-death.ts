import type { Argv } from './child-process.ts';
import { findExecutable } from './find-executable.ts';

let setpriv: Promise<string | null> | null = null;

/**
 * Makes the kernel kill a program when this process dies, however it dies. Linux only, through util-linux' setpriv,
 * which replaces itself by the program, so pid and exit code stay the program's own.
 */
export async function boundToThisProcess(argv: Argv): Promise<Argv> {
  if (process.platform !== 'linux') return argv;
  setpriv ??= findExecutable('setpriv');
  const path = await setpriv;
  return path === null ? argv : [path, '--pdeathsig', 'KILL', '--', ...argv];
}
