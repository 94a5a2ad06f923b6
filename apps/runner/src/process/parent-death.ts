import { once } from 'node:events';
import { errorCode } from '../files/index.ts';
import { notStarted, startProgram, type Argv } from './start-program.ts';

const BIND = ['setpriv', '--pdeathsig', 'KILL', '--'] as const;
/** The last line of setpriv where the system refuses the program itself. */
const NOT_EXECUTED = /^setpriv: failed to execute .*: (.+)\n$/;
/** Exit codes of setpriv then. */
const EXIT_NOT_EXECUTED: ReadonlySet<unknown> = new Set([126, 127]);

let canBind: Promise<boolean> | null = null;

/**
 * Makes the kernel kill a program the moment this process dies, however it dies. Linux only, through util-linux'
 * setpriv, which replaces itself by the program, so pid and exit code stay the program's own.
 *
 * @throws JobFailure `program_not_started` when the system lets setpriv not start now.
 */
export async function boundToThisProcess(argv: Argv): Promise<Argv> {
  canBind ??= isBindable();
  try {
    return (await canBind) ? [...BIND, ...argv] : argv;
  } catch (error) {
    // The next program may be luckier.
    canBind = null;
    throw error;
  }
}

/** @throws JobFailure `program_not_started` for a bound program that setpriv couldn't turn into. */
export function checkExecuted(
  [command]: Argv,
  { exitCode, stderr }: { exitCode: number | null; stderr: string },
): void {
  const [, error] = (EXIT_NOT_EXECUTED.has(exitCode) && NOT_EXECUTED.exec(stderr)) || [];
  if (error !== undefined) throw notStarted(command, error);
}

/** Other programs of the name setpriv don't know the option. */
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
