import { resolve as pathOf, join } from 'node:path';
import type { Configuration } from '../config/settings.module.ts';
import { unknownVariableSentence } from '../config/read-settings.ts';
import {
  examineFolder,
  examineHost,
  warning,
  type Finding,
  type RenderTestOrder,
  examineResolve,
  prove,
} from '@app/assistant';
import { printLines, Progress } from '../logging/print.ts';
import { createApplication, createQuietApplication } from './application.ts';
import { ExitCode } from './exit-code.ts';
import { ffmpegTools, resolveTools } from './handed-tools.ts';
import { OWN_DIRECTORY } from '@app/jobspec/folder';
import { JobFailure } from '@app/jobspec';
import { RunnerSettings } from '../config/settings.ts';
import { isDirectory } from '@app/storage';
import { ffmpegBuild, ffmpegVersion, isProved, rememberProof } from '../ffmpeg/ffmpeg-tools.ts';
import { stopSignal } from './stop-signals.ts';

const MARKS: Readonly<Record<Finding['verdict'], string>> = {
  ok: 'ok',
  warning: '!!',
  problem: 'NO',
  report: '  ',
};

/** A report keeps its line breaks; any other finding becomes one line, whatever its paths contain. */
function linesOf({ verdict, text }: Finding): string[] {
  const line = `${MARKS[verdict]}  ${text}`;
  return verdict === 'report' ? line.split('\n') : [line];
}

/**
 * Prints what is installed, what is missing and what would fail.
 *
 * @param renderTest order for a render test of Resolve; `null` for none.
 * @returns the exit code.
 */
export async function doctor(
  configuration: Configuration,
  folder: string | undefined,
  renderTest: RenderTestOrder | null,
): Promise<number> {
  const { settings, unknown } = configuration;
  const app = await createApplication(configuration, false);
  const [ffmpeg, resolve] = [ffmpegTools(app), resolveTools(app)];
  const findings = [
    ...(await examineHost(settings, ffmpeg)),
    ...(await examineResolve(settings, { ffmpeg, resolve }, renderTest)),
    ...unknown.map((variable) => warning(unknownVariableSentence(variable))),
    ...(folder === undefined ? [] : await examineFolder(pathOf(folder), isProved)),
  ];
  await app.close();
  printLines(findings.flatMap(linesOf));
  const hasProblem = findings.some(({ verdict }) => verdict === 'problem');
  return hasProblem ? ExitCode.JobFailed : ExitCode.Success;
}

/**
 * Proves the installed FFmpeg with proxies of every format.
 *
 * @param folder watch folder that records the proof; `''` for none.
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
  // Sources and proxies are in a temporary folder, which may be outside the roots.
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
    const isGood = faults === 0;
    if (folder !== '') await rememberProof(folder, build, isGood);
    printLines([isGood ? provedLine(version, made, folder) : faultLine(version, made, faults)]);
    return isGood ? ExitCode.Success : ExitCode.JobFailed;
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
  const where = folder === '' ? 'Name a watch folder to record it there' : 'It is on record';
  return `ok  ${version} is proved: ${made} proxies match their sources. ${where}.`;
}

function faultLine(version: string, made: number, faults: number): string {
  return `NO  ${version} is not proved: ${faults} of ${made} proxies are not as they should be. Don't use it; take another release.`;
}
