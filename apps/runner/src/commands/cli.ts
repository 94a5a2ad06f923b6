import { CommanderError } from 'commander';
import { errorMessage, isSystemError } from '../files/system-error.ts';
import { complain } from '../text/print.ts';
import { ExitCode } from './exit-code.ts';
import { createProgram } from './program.ts';

/**
 * Runs the command line.
 *
 * @param argv as `process.argv`.
 * @returns the exit code.
 */
export async function runCli(argv: readonly string[]): Promise<number> {
  let exitCode: number = ExitCode.Success;
  const program = createProgram((code) => (exitCode = code));
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) return endOf(error);
    return refusalOf(error);
  }
  return exitCode;
}

/** How help, versions and wrong command lines end. */
async function endOf(error: CommanderError): Promise<number> {
  if (error.code === 'commander.version') {
    const { printOtherVersions } = await import('./version.command.ts');
    await printOtherVersions();
  }
  return error.exitCode === 0 ? ExitCode.Success : ExitCode.Usage;
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
