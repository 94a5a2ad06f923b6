import { join } from 'node:path';
import { OWN_DIRECTORY } from '@app/jobspec/folder';
import { JobFailure } from '@app/jobspec';
import type { Configuration } from '../config/settings.module.ts';
import { RunnerSettings } from '../config/settings.ts';
import { prove } from '@app/assistant';
import { isDirectory } from '@app/storage';
import { ffmpegBuild, ffmpegVersion, rememberProof } from '../ffmpeg/ffmpeg-tools.ts';
import { printLines, Progress } from '../logging/print.ts';
import { createQuietApplication } from './application.ts';
import { ExitCode } from './exit-code.ts';
import { ffmpegTools } from './handed-tools.ts';
import { stopSignal } from './stop-signals.ts';

/**
 * Proves the installed FFmpeg by proxies of every kind.
 *
 * @param folder watch folder whose runner is to know of it; `''` for none.
 * @returns the exit code.
 */
export async function proveFfmpeg(
  { settings, unknown }: Configuration,
  folder: string,
): Promise<number> {
  if (folder !== '' && !(await isDirectory(join(folder, OWN_DIRECTORY)))) {
    printLines([`NO  ${folder} is no watch folder: start a runner on it once, or name another.`]);
    return ExitCode.FolderUnusable;
  }
  // Sources and proxies lie in a temporary folder of its own.
  const own = Object.assign(new RunnerSettings(), settings, {
    allowSourceRoots: [],
    allowOutputRoots: [],
  });
  const app = await createQuietApplication({ settings: own, unknown });
  const signal = stopSignal();
  const progress = new Progress();
  try {
    const [version, build] = [await ffmpegVersion(), await ffmpegBuild()];
    const { made, faults } = await prove({
      ffmpeg: ffmpegTools(app),
      signal,
      onFault: (fault) => printLines([`NO  ${fault}`]),
      onDone: (count, of) => progress.show(() => `proving ${version}: ${count} of ${of} proxies`),
    });
    progress.end();
    const isProved = faults === 0;
    if (folder !== '') await rememberProof(folder, build, isProved);
    printLines([isProved ? provedLine(version, made, folder) : faultLine(version, made, faults)]);
    return isProved ? ExitCode.Success : ExitCode.JobFailed;
  } catch (error) {
    progress.end();
    if (!signal.aborted && !(error instanceof JobFailure)) throw error;
    const why = signal.aborted ? 'it was stopped' : (error as Error).message;
    printLines([`NO  nothing is proved: ${why}`]);
    return ExitCode.JobFailed;
  } finally {
    await app.close();
  }
}

function provedLine(version: string, made: number, folder: string): string {
  const where = folder === '' ? 'Name a watch folder to have its runner know' : 'Its runner knows';
  return `ok  ${version} is proved: ${made} proxies are as their sources. ${where}.`;
}

function faultLine(version: string, made: number, faults: number): string {
  return `NO  ${version} is not proved: ${faults} of ${made} proxies are not as they should be. Don't use it; take another release.`;
}
