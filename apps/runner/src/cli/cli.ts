import { JobFailure } from '@app/jobspec';
import { complain, printed, printLines, refuse } from '../logging/print.ts';
import { ffmpegCommands, Refusal } from '@app/assistant';
import { errorMessage, isSystemError } from '@app/storage';
import { ExitCode, REFUSED } from './exit-code.ts';

const NO_CWD = 'The working directory is gone. Change to one that exists, or name absolute paths.';

/**
 * Runs the command line.
 *
 * @param argv in the form of `process.argv`.
 * @returns the exit code.
 */
export async function runCli(argv: readonly string[]): Promise<number> {
  const exitCode = await answer(argv);
  const problem = await printed();
  // A reader that closes the pipe early is no failure.
  if (problem === null || problem.code === 'EPIPE') return exitCode;
  complain(`The output can't be written to stdout: ${errorMessage(problem)}.`);
  return exitCode === ExitCode.Success ? ExitCode.JobFailed : exitCode;
}

async function answer(argv: readonly string[]): Promise<number> {
  try {
    return await parse(argv);
  } catch (error) {
    return refusalOf(error, asksForJson(argv));
  }
}

async function parse(argv: readonly string[]): Promise<number> {
  // Must precede the import of any decorated class.
  await import('reflect-metadata');
  const { CommanderError, createProgram } = await import('./program.ts');
  let exitCode: number = ExitCode.Success;
  const program = createProgram((code) => (exitCode = code));
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return ExitCode.Success;
    // Commander has already printed the message for people.
    if (asksForJson(argv)) printLines([JSON.stringify({ error: sentencesOf(error.message) })]);
    return ExitCode.Usage;
  }
}

/** Prints refusals and system errors as sentences. Anything else is a defect and keeps its stack. */
function refusalOf(error: unknown, asJson: boolean): number {
  if (error instanceof Refusal) {
    refuse(error.lines, asJson);
    return REFUSED[error.kind];
  }
  if (error instanceof JobFailure) {
    const isMissing = error.facts.code === 'program_missing';
    refuse([error.message, ...(isMissing ? ffmpegCommands() : [])], asJson);
    return ExitCode.JobFailed;
  }
  if (!isSystemError(error)) throw error;
  if (error.syscall === 'uv_cwd') {
    refuse([NO_CWD], asJson);
    return ExitCode.Usage;
  }
  refuse([`The system refuses what the runner needs: ${errorMessage(error)}`], asJson);
  return ExitCode.FolderUnusable;
}

/** True if `--json` was given, even if the rest of the command line can't be parsed. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(2, end === -1 ? argv.length : end).includes('--json');
}

function sentencesOf(message: string): string[] {
  return message.split('\n').map((line) => line.replace(/^error: /, ''));
}
