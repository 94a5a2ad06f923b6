import { resolve as pathOf } from 'node:path';
import type { Configuration } from '../config/settings.module.ts';
import { unknownVariableSentence } from '../config/read-settings.ts';
import {
  examineFolder,
  examineHost,
  examineHttp,
  warning,
  type Finding,
  type RenderTestOrder,
  examineResolve,
} from '@app/assistant';
import { printLines } from '../logging/print.ts';
import { createApplication } from './application.ts';
import { ExitCode } from './exit-code.ts';
import { ffmpegTools, FOLDER_TOOLS, resolveTools } from './handed-tools.ts';

const MARKS: Readonly<Record<Finding['verdict'], string>> = {
  ok: 'ok',
  warning: '!!',
  problem: 'NO',
  report: '  ',
};

/** A report has lines of its own; everything else is one line, whatever is in the paths that it names. */
function linesOf({ verdict, text }: Finding): string[] {
  const line = `${MARKS[verdict]}  ${text}`;
  return verdict === 'report' ? line.split('\n') : [line];
}

/**
 * Tells what is installed, what is missing and what would fail.
 *
 * @param renderTest of Resolve; `null` for no render.
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
    ...(await examineHost(settings, ffmpeg, resolve)),
    ...(await examineResolve(settings, { ffmpeg, resolve }, renderTest)),
    ...unknown.map((variable) => warning(unknownVariableSentence(variable))),
    ...(folder === undefined
      ? await examineHttp(settings, false)
      : await examineFolder(pathOf(folder), settings, FOLDER_TOOLS)),
  ];
  await app.close();
  printLines(findings.flatMap(linesOf));
  const hasProblem = findings.some(({ verdict }) => verdict === 'problem');
  return hasProblem ? ExitCode.JobFailed : ExitCode.Success;
}
