import { JobFailure } from '@app/jobspec';
import { ffmpegVersion } from '../probe/ffmpeg-tools.ts';

/** Prints what else a report of a problem must name, a line each; the runner's own version is printed already. */
export async function printOtherVersions(): Promise<void> {
  console.log(`node ${process.versions.node}`);
  console.log(await ffmpegLine());
}

async function ffmpegLine(): Promise<string> {
  try {
    return await ffmpegVersion();
  } catch (error) {
    if (error instanceof JobFailure) return `ffmpeg: ${error.message}`;
    throw error;
  }
}
