import { PROGRAM_DIRECTORY } from './environment.ts';
import { loadExeca } from './load-execa.ts';

/** A program and its arguments. */
export type Argv = readonly [command: string, ...args: string[]];

const BIND = ['setpriv', '--pdeathsig', 'KILL', '--'] as const;

let canBind: Promise<boolean> | null = null;

/**
 * Makes the kernel kill a program the moment this process dies, however it dies. Linux only, through util-linux'
 * setpriv, which replaces itself by the program, so pid and exit code stay the program's own.
 */
export async function boundToThisProcess(argv: Argv): Promise<Argv> {
  canBind ??= isBindable();
  return (await canBind) ? [...BIND, ...argv] : argv;
}

/** Other programs of the name setpriv don't know the option. */
async function isBindable(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const [command, ...args] = BIND;
  const { execa } = await loadExeca();
  const { failed } = await execa(command, [...args, 'true'], {
    reject: false,
    cwd: PROGRAM_DIRECTORY,
  });
  return !failed;
}
