import { folderProgress, progressJson, progressLines } from '@app/assistant';
import { printLines, printText } from '../logging/print.ts';
import { ExitCode } from './exit-code.ts';

/** Says how far a watch folder is. @returns the exit code. */
export async function status(folder: string, asJson: boolean): Promise<number> {
  const progress = await folderProgress(folder);
  if (asJson) printText(progressJson(progress));
  else printLines(progressLines(progress));
  return ExitCode.Success;
}
