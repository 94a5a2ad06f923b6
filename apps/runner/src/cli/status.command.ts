import { folderProgress, progressLines } from '@app/assistant';
import { printLines } from '../logging/print.ts';
import { ExitCode } from './exit-code.ts';

/** Says how far a watch folder is. @returns the exit code. */
export async function status(folder: string): Promise<number> {
  printLines(progressLines(await folderProgress(folder)));
  return ExitCode.Success;
}
