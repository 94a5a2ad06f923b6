import { resolve } from 'node:path';
import type { Configuration } from '../config/settings.module.ts';
import { unknownVariableSentence } from '../config/read-settings.ts';
import { examineFolder } from '../doctor/folder-examination.ts';
import { examineHost } from '../doctor/host-examination.ts';
import { examineHttp } from '../doctor/http-examination.ts';
import { warning, type Finding } from '../doctor/finding.ts';
import type { RenderTestOrder } from '../doctor/render-test/render-test.ts';
import { examineResolve } from '../doctor/resolve-examination.ts';
import { ResolveInstance } from '../resolve/resolve-instance.ts';
import { ResolveEngine } from '../resolve/resolve.engine.ts';
import { printLines } from '../text/index.ts';
import { createApplication } from './application.ts';
import { ExitCode } from './exit-code.ts';

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
  const instance = app.get(ResolveInstance, { strict: false });
  const engine = app.get(ResolveEngine, { strict: false });
  const findings = [
    ...(await examineHost(settings)),
    ...(await examineResolve({ settings, instance, engine }, renderTest)),
    ...unknown.map((variable) => warning(unknownVariableSentence(variable))),
    ...(folder === undefined
      ? await examineHttp(settings, false)
      : await examineFolder(resolve(folder), settings)),
  ];
  await app.close();
  printLines(findings.flatMap(linesOf));
  const hasProblem = findings.some(({ verdict }) => verdict === 'problem');
  return hasProblem ? ExitCode.JobFailed : ExitCode.Success;
}
