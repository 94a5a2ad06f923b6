import { resolve } from 'node:path';
import type { RunnerSettings } from '../config/settings.ts';
import { examineFolder } from '../doctor/folder-examination.ts';
import { examineHost } from '../doctor/host-examination.ts';
import type { Finding } from '../doctor/finding.ts';
import { ExitCode } from './exit-code.ts';

const MARKS: Readonly<Record<Finding['verdict'], string>> = {
  ok: 'ok',
  warning: '!!',
  problem: 'NO',
};

/**
 * Tells what is installed, what is missing and what would fail.
 *
 * @param renderFolder where Resolve renders a second of test picture; `null` for no render.
 * @returns the exit code.
 */
export async function doctor(
  settings: RunnerSettings,
  folder: string | undefined,
  renderFolder: string | null,
): Promise<number> {
  const findings = await examineHost(settings, renderFolder);
  if (folder !== undefined) findings.push(...(await examineFolder(resolve(folder))));
  for (const { verdict, text } of findings) console.log(`${MARKS[verdict]}  ${text}`);
  const hasProblem = findings.some(({ verdict }) => verdict === 'problem');
  return hasProblem ? ExitCode.JobFailed : ExitCode.Success;
}
