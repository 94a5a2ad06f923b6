import { resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { Configuration } from '../config/settings.module.ts';
import { unknownVariableSentence } from '../config/read-settings.ts';
import { examineFolder } from '../doctor/folder-examination.ts';
import { DoctorModule } from '../doctor/doctor.module.ts';
import { HostExamination } from '../doctor/host-examination.ts';
import { examineHttp } from '../doctor/http-examination.ts';
import { warning, type Finding } from '../doctor/finding.ts';
import type { RenderTestOrder } from '../doctor/render-test/render-test.ts';
import { printLines } from '../text/index.ts';
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
  { settings, unknown }: Configuration,
  folder: string | undefined,
  renderTest: RenderTestOrder | null,
): Promise<number> {
  const app = await NestFactory.createApplicationContext(DoctorModule.forRoot(settings), {
    logger: false,
    abortOnError: false,
  });
  const findings = await app.get(HostExamination).examine(renderTest);
  await app.close();
  findings.push(...unknown.map((variable) => warning(unknownVariableSentence(variable))));
  const examined =
    folder === undefined
      ? await examineHttp(settings, false)
      : await examineFolder(resolve(folder), settings);
  findings.push(...examined);
  printLines(findings.flatMap(linesOf));
  const hasProblem = findings.some(({ verdict }) => verdict === 'problem');
  return hasProblem ? ExitCode.JobFailed : ExitCode.Success;
}
