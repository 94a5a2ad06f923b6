import { OWN_VERSION } from '../config/version.ts';
import { complain, printLines } from '../text/index.ts';
import { errorMessage, isSystemError } from '../files/index.ts';
import { ExitCode } from './exit-code.ts';

/**
 * Runs the command line.
 *
 * @param argv as `process.argv`.
 * @returns the exit code.
 */
export async function runCli(argv: readonly string[]): Promise<number> {
  try {
    return isVersionAlone(argv.slice(2)) ? await printVersions() : await parse(argv);
  } catch (error) {
    return refusalOf(error);
  }
}

/** Then nothing has to be parsed, nor loaded for it. */
function isVersionAlone([first = '', ...others]: readonly string[]): boolean {
  return others.length === 0 && ['--version', '-V'].includes(first);
}

async function printVersions(): Promise<number> {
  printLines([OWN_VERSION]);
  return printOthers();
}

async function printOthers(): Promise<number> {
  const { printOtherVersions } = await import('./version.command.ts');
  await printOtherVersions();
  return ExitCode.Success;
}

async function parse(argv: readonly string[]): Promise<number> {
  const { CommanderError, createProgram } = await import('./program.ts');
  let exitCode: number = ExitCode.Success;
  const program = createProgram((code) => (exitCode = code));
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.version') return printOthers();
    return error.exitCode === 0 ? ExitCode.Success : ExitCode.Usage;
  }
}

/** What the system refuses is said in a sentence; anything else is a defect, whose stack somebody must see. */
function refusalOf(error: unknown): number {
  if (!isSystemError(error)) throw error;
  if (error.syscall === 'uv_cwd') {
    complain('The working directory is gone. Change to one that exists, or name absolute paths.');
    return ExitCode.Usage;
  }
  complain(`The system refuses what the runner needs: ${errorMessage(error)}`);
  return ExitCode.FolderUnusable;
}
