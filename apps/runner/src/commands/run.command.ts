import { basename, resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { JobResult } from '@app/jobspec';
import type { Configuration } from '../config/settings.module.ts';
import { ExitCode } from './exit-code.ts';
import { JobRunner, UNRECORDED } from '../job/index.ts';
import { createLogger, report } from '../logging/index.ts';
import { printable, printableText, timestamp } from '../text/index.ts';
import { errorMessage, requiredPathProblem } from '../files/index.ts';
import { RunnerModule } from './runner.module.ts';
import { type JobFile, readJobFile } from '../watch/folder/index.ts';
import { STOP_SIGNALS } from './stop-signals.ts';

/** A single job has one worker. */
const WORKER_ID = 1;

/**
 * Runs one JobSpec without a watch folder. The result goes to stdout and everything else to stderr; nothing is written
 * but proxies. A stop signal ends the job at once: schedulers kill what doesn't end.
 *
 * @returns the exit code.
 */
export async function runFile(file: string, configuration: Configuration): Promise<number> {
  const { settings, unknown } = configuration;
  Logger.overrideLogger(createLogger(settings, 'stderr'));
  for (const variable of unknown) report('variable_unknown', variable);
  const signal = stopSignal();
  const jobFile = await readJobFile(file).catch((error: unknown) => errorMessage(error));
  if (typeof jobFile === 'string') {
    return refuse(ExitCode.Usage, `The JobSpec ${printable(file)} can't be read: ${jobFile}`);
  }
  const pathTrouble = await pathProblem(settings.requirePaths);
  if (pathTrouble !== null) {
    return refuse(ExitCode.FolderUnusable, `Nothing was started: ${pathTrouble}. Mount it.`);
  }
  const result = await run(resolve(file), jobFile, configuration, signal);
  const problem = await print(result).then(() => null, errorMessage);
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

async function run(
  path: string,
  { reading }: JobFile,
  configuration: Configuration,
  signal: AbortSignal,
): Promise<JobResult> {
  const app = await NestFactory.createApplicationContext(RunnerModule.forRoot(configuration), {
    abortOnError: false,
  });
  const origin = { name: basename(path), path, reading, workerId: WORKER_ID };
  const { result } = await app
    .get(JobRunner, { strict: false })
    .run({ origin, journal: UNRECORDED, signal });
  await app.close();
  const _metadata = { ...result._metadata, result_written_at: timestamp(new Date()) };
  return { ...result, _metadata };
}

function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of [...STOP_SIGNALS, 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stop.signal.aborted) report('jobs_stopping', { signal });
      stop.abort();
    });
  }
  return stop.signal;
}

async function pathProblem(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const problem = await requiredPathProblem(path);
    if (problem !== null) return `required path ${problem}: ${printable(path)}`;
  }
  return null;
}

/** Stdout is the only place where the result is. @throws the system's error when it can't be written there. */
function print(result: JobResult): Promise<void> {
  return new Promise((done, fail) => {
    const text = printableText(JSON.stringify(result, null, 2));
    process.stdout.write(`${text}\n`, (error) => {
      if (error) fail(error);
      else done();
    });
  });
}
