import { stemOf, type JsonObject } from '@app/jobspec/folder';
import type { ReadClip, ReadHead } from '@app/jobspec/result';
import { join } from 'node:path';
import { type JobReference, type JobRow } from '../index/job-row.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { readJobSpec, readResult } from '../index/read-job.ts';
import type { ShownFile } from '../index/shown-file.ts';
import { jobReferred, jobsCalled } from './job-rows.ts';

/** Everything that is known of one job. */
export interface OpenJob {
  row: JobRow;
  /** All of the JobSpec but its sources; `null` when it can't be read. */
  spec: JsonObject | null;
  jobspecFile: ShownFile | null;
  /** `null` when there is none, or it is not a result of the runner. */
  result: ReadHead | null;
  resultFile: ShownFile | null;
  /** The one clip that was asked for; `null` when the result doesn't have it. */
  clip: ReadClip | null;
  /** That the job failed at. */
  failed: { index: number; clip: ReadClip } | null;
  /** Why a file could not be read, in a sentence. */
  problem: string | null;
}

/**
 * Reads the files of a job that the index knows.
 * @param clip the one to give, from 0
 * @returns `null` when there is no such job
 */
export async function openJob(
  index: WatchIndex,
  reference: JobReference,
  clip = -1,
): Promise<OpenJob | null> {
  const folder = index.folder(reference.folder);
  const row = jobReferred(index, reference);
  return folder === null || row === null
    ? null
    : read(row, join(/* turbopackIgnore: true */ folder.path, row.state), clip);
}

async function read(row: JobRow, path: string, wanted: number): Promise<OpenJob> {
  const base = stemOf(row.name);
  const found: Pick<OpenJob, 'clip' | 'failed'> = { clip: null, failed: null };
  const visit = (clip: ReadClip, index: number) => {
    if (index === wanted) found.clip = clip;
    if (clip.status === 'FAILED') found.failed ??= { index, clip };
  };
  const spec = row.hasJob ? await readJobSpec(path, base) : null;
  const decided = row.hasResult ? await readResult(path, base, visit) : null;
  const problems = [decided?.problem, spec?.problem, row.problem];
  return {
    row,
    ...found,
    spec: spec?.content?.spec ?? null,
    jobspecFile: spec?.shown ?? null,
    result: decided?.content ?? null,
    resultFile: decided?.shown ?? null,
    problem: problems.find((problem) => typeof problem === 'string') ?? null,
  };
}

/** Where a job that left its folder since the link was made lies now: the latest of those that bear its name. */
export function findMovedJob(index: WatchIndex, { folder, state, name }: JobReference) {
  const found = jobsCalled(index, folder, name).filter((row) => row.state !== state);
  return found.toSorted((a, b) => b.when - a.when)[0] ?? null;
}
