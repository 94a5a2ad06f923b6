import { basename, resolve } from 'node:path';
import type { Configuration } from '../config/settings.module.ts';
import { ExitCode } from './exit-code.ts';
import { logTo, report } from '../logging/index.ts';
import { printable, printWhole } from '../text/index.ts';
import { errorMessage, openRegular, requiredPathProblem } from '../files/index.ts';
import { reportUnknown } from './application.ts';
import { runJob, WORKER_ID, type RunFlags } from './run-job.ts';
import { readJobFile } from '../watch/folder/index.ts';
import { stopSignal } from './stop-signals.ts';

/**
 * Runs one JobSpec without a watch folder. The result goes to stdout and everything else to stderr; nothing is written
 * but proxies, and pictures of them if a folder for these is named. A stop signal ends the job at once: schedulers kill what
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
  const jobFile = await readJobFile(file, openRegular).catch((error: unknown) =>
    errorMessage(error),
  );
  if (typeof jobFile === 'string') {
    return refuse(ExitCode.Usage, `The JobSpec ${printable(file)} can't be read: ${jobFile}`);
  }
  const pathTrouble = await pathProblem(settings.requirePaths);
  if (pathTrouble !== null) {
    return refuse(ExitCode.FolderUnusable, `Nothing was started: ${pathTrouble}. Mount it.`);
  }
  const result = await runJob(resolve(file), jobFile.reading, configuration, flags, signal);
  // Stdout is the only place where the result is.
  const problem = await printWhole(JSON.stringify(result, null, 2)).then(() => null, errorMessage);
  if (problem !== null) {
    report('result_unprinted', {
      job: basename(file),
      job_id: result.job_id,
      worker_id: WORKER_ID,
      reason: problem,
    });
    return ExitCode.JobFailed;
  }
  return result.final_status === 'COMPLETED' ? ExitCode.Success : ExitCode.JobFailed;
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
