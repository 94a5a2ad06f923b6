import { basename } from 'node:path';
import type { JobReading, JobResult } from '@app/jobspec';
import type { Configuration } from '../config/settings.module.ts';
import { type JobProgress, JobRunner, UNRECORDED } from '../job/index.ts';
import { timestamp } from '../text/index.ts';
import { ActiveJobs } from '../watch/work/index.ts';
import { showActive } from './active-line.ts';
import { createApplication } from './application.ts';

/** A single job has one worker. */
export const WORKER_ID = 1;

/**
 * Runs a job that is in no watch folder.
 *
 * @param picturesFolder where pictures of its proxies go; `null` makes none.
 */
export async function runJob(
  path: string,
  reading: JobReading,
  configuration: Configuration,
  picturesFolder: string | null,
  signal: AbortSignal,
): Promise<JobResult> {
  const app = await createApplication(configuration);
  const origin = { name: basename(path), path, reading, workerId: WORKER_ID };
  const active = new ActiveJobs(WORKER_ID);
  active.begin(origin.name);
  const onProgress = (progress: JobProgress) => active.update(WORKER_ID, progress);
  const endLine = showActive(() => active.list());
  const { result } = await app.get(JobRunner, { strict: false }).run({
    origin,
    journal: UNRECORDED,
    picturesFolder,
    scratchDirectory: null,
    signal,
    onProgress,
  });
  endLine();
  await app.close();
  const _metadata = { ...result._metadata, result_written_at: timestamp(new Date()) };
  return { ...result, _metadata };
}
