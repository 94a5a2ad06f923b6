import { brokenFfmpeg, FFMPEG_NOT_FOUND } from '@app/jobspec';
import { ask, versionIn } from '../ffmpeg/ffmpeg-tools.ts';
import { findExecutable } from '@app/storage';
import { printLines } from '../logging/print.ts';

/** Prints what a report of a problem must name beside the runner's own version, a line each. */
export async function printOtherVersions(): Promise<void> {
  printLines([`node ${process.versions.node}`, await ffmpegLine()]);
}

async function ffmpegLine(): Promise<string> {
  const path = await findExecutable('ffmpeg');
  if (path === null) return `ffmpeg: ${FFMPEG_NOT_FOUND}`;
  const { output } = await ask(path, '-version').catch(() => ({ output: '' }));
  return versionIn(output) ?? `ffmpeg: ${brokenFfmpeg(path, 'an error')}`;
}
