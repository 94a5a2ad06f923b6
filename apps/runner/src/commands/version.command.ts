import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { brokenFfmpeg, FFMPEG_NOT_FOUND } from '@app/jobspec';
import { versionIn } from '../probe/index.ts';
import { findExecutable, PROGRAM_DIRECTORY } from '../process/environment.ts';
import { printLines } from '../text/index.ts';

const run = promisify(execFile);

/** A program that is asked about itself answers within this time. */
const ANSWER_MILLISECONDS = 10_000;

/** Prints what a report of a problem must name beside the runner's own version, a line each. */
export async function printOtherVersions(): Promise<void> {
  printLines([`node ${process.versions.node}`, await ffmpegLine()]);
}

/** Asks FFmpeg itself, without the care that is taken of encoders: this answers at once. */
async function ffmpegLine(): Promise<string> {
  const path = await findExecutable('ffmpeg');
  if (path === null) return `ffmpeg: ${FFMPEG_NOT_FOUND}`;
  const bounds = { timeout: ANSWER_MILLISECONDS, killSignal: 'SIGKILL' } as const;
  const answer = await run(path, ['-version'], { ...bounds, cwd: PROGRAM_DIRECTORY }).catch(
    () => null,
  );
  return versionIn(answer?.stdout ?? '') ?? `ffmpeg: ${brokenFfmpeg(path, 'an error')}`;
}
