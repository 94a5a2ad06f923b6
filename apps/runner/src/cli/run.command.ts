import { basename, resolve } from 'node:path';
import { type JobReading, type JobResult, printable, timestamp } from '@app/jobspec';
import type { Configuration } from '../config/settings.module.ts';
import { errorMessage, openNamed, requiredPathProblem, readJobFile } from '@app/storage';
import { JobRunner, type JobProgress } from '../job/job-runner.ts';
import { UNRECORDED } from '../job/clip-journal.ts';
import { logTo, report } from '../logging/runner-logger.ts';
import { WorkerSlots } from '../watch/worker-slots.ts';
import { showActive } from './active-line.ts';
import { createApplication, reportUnknown } from './application.ts';
import { ExitCode } from './exit-code.ts';
import { RESULT_TO_STDOUT, ResultFile, type ResultPlace } from './result-place.ts';
import { stopSignal } from './stop-signals.ts';
import { complain } from '../logging/print.ts';

/** Worker number of a single job. */
const WORKER_ID = 1;

/** Flags of `run`. */
export interface RunFlags {
  /** Folder for thumbnails of the proxies; none are made without it. */
  pictures?: string;
  /** Result file; stdout without it. */
  result?: string;
  /** Name under which JobSpec and result will be archived; defaults to that of the JobSpec. */
  archivedAs?: string;
  /** Prints progress lines for programs, instead of a bar for people. */
  progress?: boolean;
}

/**
 * Runs one JobSpec without a watch folder. The result goes to stdout or into a file, everything else to stderr. Apart from that, only
 * proxies, files of looks and, if asked for, thumbnails are written. A stop signal ends the job at once, because schedulers don't wait.
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
  const place = await placeOf(flags.result).catch((error: unknown) => errorMessage(error));
  if (typeof place === 'string') {
    return refuse(
      ExitCode.FolderUnusable,
      `Nothing was started: no result can be written: ${place}`,
    );
  }
  if (place === null) {
    const taken = printable(resolve(flags.result ?? ''));
    return refuse(ExitCode.Usage, `${taken} exists already and is not replaced. Name another one.`);
  }
  const result = await runJob(resolve(file), jobFile.reading, configuration, flags, signal);
  // The result exists nowhere else, so a failure to write it is an error.
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

async function placeOf(path: string | undefined): Promise<ResultPlace | null> {
  return path === undefined ? RESULT_TO_STDOUT : ResultFile.reserve(resolve(path));
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

/** Runs a job that is in no watch folder. */
async function runJob(
  path: string,
  reading: JobReading,
  configuration: Configuration,
  { pictures, archivedAs, progress: hasLines = false }: RunFlags,
  signal: AbortSignal,
): Promise<JobResult> {
  const app = await createApplication(configuration);
  const origin = { name: basename(path), path, reading, workerId: WORKER_ID };
  const shown = hasLines ? new ProgressLines() : activeLine(origin.name);
  const { result } = await app.get(JobRunner, { strict: false }).run({
    origin,
    journal: UNRECORDED,
    thumbnailsFolder: pictures === undefined ? null : resolve(pictures),
    scratchDirectory: null,
    signal,
    onProgress: (progress) => shown.update(progress),
  });
  shown.end(result);
  await app.close();
  const _metadata = {
    ...result._metadata,
    ...(archivedAs !== undefined && { archived_as: archivedAs }),
    result_written_at: timestamp(new Date()),
  };
  return { ...result, _metadata };
}

/** Progress on a terminal. */
function activeLine(name: string): Pick<ProgressLines, 'update' | 'end'> {
  const active = new WorkerSlots(WORKER_ID);
  active.begin(name);
  const end = showActive(() => active.list());
  return { update: (progress) => active.update(WORKER_ID, progress), end };
}

/** Lines `Progress: 42%` on stderr for schedulers: whole percents of a job, strictly increasing. */
export class ProgressLines {
  #printed = -1;

  /** Each clip counts equally; 100 is reserved for a completed job. */
  update({ clip, totalClips, encoded }: JobProgress): void {
    const made = (encoded?.frames ?? 0) / (encoded?.declaredFrames || Infinity);
    const ended = Math.max(0, (clip ?? 1) - 1);
    this.#print(Math.min(99, (100 * (ended + Math.min(1, made))) / Math.max(1, totalClips)));
  }

  end({ final_status }: Pick<JobResult, 'final_status'>): void {
    if (final_status === 'COMPLETED') this.#print(100);
  }

  #print(exact: number): void {
    const percent = Math.floor(exact);
    if (percent <= this.#printed) return;
    this.#printed = percent;
    complain(`Progress: ${percent}%`);
  }
}
