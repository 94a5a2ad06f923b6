import { basename } from 'node:path';
import type { JobReading, JobResult } from '@app/jobspec';
import type { Configuration } from '../config/settings.module.ts';
import { JobRunner, UNRECORDED } from '../job/index.ts';
import { timestamp } from '../text/index.ts';
import { ActiveJobs } from '../watch/work/index.ts';
import { showActive } from './active-line.ts';
import { createApplication } from './application.ts';
import { ProgressLines } from './progress-lines.ts';

/** A single job has one worker. */
export const WORKER_ID = 1;

/** What `run` is asked for beside its JobSpec. */
export interface RunFlags {
  /** Where pictures of its proxies go; `null` makes none. */
  picturesFolder: string | null;
  /** Where its result goes; `null` for stdout. */
  resultPath: string | null;
  /** Under which name JobSpec and result will be archived; `null` for that of the JobSpec. */
  archivedAs: string | null;
  /** Tells programs how far it is; otherwise people, on a terminal. */
  hasProgressLines: boolean;
}

/** Runs a job that is in no watch folder. */
export async function runJob(
  path: string,
  reading: JobReading,
  configuration: Configuration,
  { picturesFolder, archivedAs, hasProgressLines }: RunFlags,
  signal: AbortSignal,
): Promise<JobResult> {
  const app = await createApplication(configuration);
  const origin = { name: basename(path), path, reading, workerId: WORKER_ID };
  const shown = hasProgressLines ? new ProgressLines() : activeLine(origin.name);
  const { result } = await app.get(JobRunner, { strict: false }).run({
    origin,
    journal: UNRECORDED,
    picturesFolder,
    scratchDirectory: null,
    signal,
    onProgress: (progress) => shown.update(progress),
  });
  shown.end(result);
  await app.close();
  const _metadata = {
    ...result._metadata,
    ...(archivedAs !== null && { archived_as: archivedAs }),
    result_written_at: timestamp(new Date()),
  };
  return { ...result, _metadata };
}

/** For people, on a terminal. */
function activeLine(name: string): Pick<ProgressLines, 'update' | 'end'> {
  const active = new ActiveJobs(WORKER_ID);
  active.begin(name);
  const end = showActive(() => active.list());
  return { update: (progress) => active.update(WORKER_ID, progress), end };
}
