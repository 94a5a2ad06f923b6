import { basename, resolve } from 'node:path';
import type { Configuration } from '../config/settings.module.ts';
import { ExitCode } from './exit-code.ts';
import { logTo, report } from '../logging/index.ts';
import { printable } from '../text/index.ts';
import { errorMessage, openNamed, requiredPathProblem } from '../files/index.ts';
import { reportUnknown } from './application.ts';
import { RESULT_TO_STDOUT, ResultFile, type ResultPlace } from './result-place.ts';
import { runJob, WORKER_ID, type RunFlags } from './run-job.ts';
import { readJobFile } from '../watch/folder/index.ts';
import { stopSignal } from './stop-signals.ts';

/**
 * Runs one JobSpec without a watch folder. The result goes to stdout, or into a file, and everything else to stderr; nothing else is
 * written but proxies, and pictures of them if a folder for these is named. A stop signal ends the job at once: schedulers kill what
 * doesn't end.
 *
 * @returns the exit code.
 */
export async function runFile(
  file: string,
  flags: RunFlags,
  configuration: Configuration,
): Promise<number> {
  const { settings } = configuration;
  logTo('stderr', settings);
  reportUnknown(configuration);
  const signal = stopSignal();
  const jobFile = await readJobFile(file, openNamed).catch((error: unknown) => errorMessage(error));
  if (typeof jobFile === 'string') {
    return refuse(ExitCode.Usage, `The JobSpec ${printable(file)} can't be read: ${jobFile}`);
  }
  const pathTrouble = await pathProblem(settings.requirePaths);
  if (pathTrouble !== null) {
    return refuse(ExitCode.FolderUnusable, `Nothing was started: ${pathTrouble}. Mount it.`);
  }
  const place = await placeOf(flags.resultPath).catch((error: unknown) => errorMessage(error));
  if (typeof place === 'string') {
    return refuse(
      ExitCode.FolderUnusable,
      `Nothing was started: no result can be written: ${place}`,
    );
  }
  if (place === null) {
    const taken = printable(flags.resultPath ?? '');
    return refuse(ExitCode.Usage, `${taken} exists already and is not replaced. Name another one.`);
  }
  const result = await runJob(resolve(file), jobFile.reading, configuration, flags, signal);
  // The only place where the result is.
  const problem = await place.write(result).then(() => null, errorMessage);
  if (problem !== null) {
    report('result_unprinted', {
      job: basename(file),
      job_id: result.job_id,
      worker_id: WORKER_ID,
      place: place.name,
      reason: problem,
    });
    return ExitCode.JobFailed;
  }
  return result.final_status === 'COMPLETED' ? ExitCode.Success : ExitCode.JobFailed;
}

function placeOf(resultPath: string | null): Promise<ResultPlace | null> {
  return resultPath === null ? Promise.resolve(RESULT_TO_STDOUT) : ResultFile.reserve(resultPath);
}

function refuse(exitCode: number, reason: string): number {
  report('runner_refused', { reason, exit_code: exitCode });
  return exitCode;
}

async function pathProblem(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const problem = await requiredPathProblem(path);
    if (problem !== null) return `required path ${problem}: ${printable(path)}`;
  }
  return null;
}
