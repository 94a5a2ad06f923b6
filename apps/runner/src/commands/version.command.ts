import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { JobFailure } from '@app/jobspec';
import { requireTool, versionIn } from '../probe/required-tool.ts';
import { PROGRAM_DIRECTORY } from '../process/environment.ts';
import { printLines } from '../text/print.ts';

const ask = promisify(execFile);

/** A program that is asked about itself answers within this time. */
const ANSWER_MILLISECONDS = 10_000;

/** Prints what else a report of a problem must name, a line each; the runner's own version is printed already. */
export async function printOtherVersions(): Promise<void> {
  printLines([`node ${process.versions.node}`, await ffmpegLine()]);
}

/** Asks FFmpeg itself, without the care that is taken of encoders: this answers at once. */
async function ffmpegLine(): Promise<string> {
  try {
    const path = await requireTool('ffmpeg');
    const options = { timeout: ANSWER_MILLISECONDS, killSignal: 'SIGKILL' } as const;
    const { stdout } = await ask(path, ['-version'], { ...options, cwd: PROGRAM_DIRECTORY }).catch(
      () => ({ stdout: '' }),
    );
    return versionIn(stdout, path, 'an error');
  } catch (error) {
    if (error instanceof JobFailure) return `ffmpeg: ${error.message}`;
    throw error;
  }
}
