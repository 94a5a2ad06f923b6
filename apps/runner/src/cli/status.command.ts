import { folderProgress, progressLines } from '@app/assistant';
import { printLines } from '../logging/print.ts';
import { ExitCode } from './exit-code.ts';

/** Prints the progress of a watch folder. @returns the exit code. */
export async function status(folder: string): Promise<number> {
  printLines(progressLines(await folderProgress(folder)));
  return ExitCode.Success;
}
