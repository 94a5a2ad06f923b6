import { stemOf, type JsonObject } from '@app/jobspec/folder';
import type { ReadClip, ReadHead } from '@app/jobspec/result';
import { join } from 'node:path';
import { type JobReference, type JobRow } from '../index/job-row.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { readJobSpecFile, readResultFile } from '../index/read-job.ts';
import type { RawFile } from '../index/raw-file.ts';
import { jobReferred, jobsCalled } from './job-rows.ts';

/** Job with the content of its files. */
export interface OpenJob {
  row: JobRow;
  /** Unvalidated JobSpec without its sources; `null` if it can't be read. */
  spec: JsonObject | null;
  jobspecFile: RawFile | null;
  /** `null` if missing or malformed. */
  result: ReadHead | null;
  resultFile: RawFile | null;
  /** Requested clip; `null` if it isn't in the result. */
  clip: ReadClip | null;
  /** First failed clip. */
  failed: { index: number; clip: ReadClip } | null;
  /** Sentence: why a file couldn't be read. */
  problem: string | null;
}

/**
 * Reads the files of a job.
 * @param clip position of the clip to return, from 0
 * @returns `null` if the index has no such job
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
  const spec = row.hasJob ? await readJobSpecFile(path, base) : null;
  const decided = row.hasResult ? await readResultFile(path, base, visit) : null;
  const problems = [decided?.problem, spec?.problem, row.problem];
  return {
    row,
    ...found,
    spec: spec?.content?.spec ?? null,
    jobspecFile: spec?.raw ?? null,
    result: decided?.content ?? null,
    resultFile: decided?.raw ?? null,
    problem: problems.find((problem) => typeof problem === 'string') ?? null,
  };
}

/** Latest job of the same name in another state, for links to a job that has moved on. */
export function findMovedJob(index: WatchIndex, { folder, state, name }: JobReference) {
  const found = jobsCalled(index, folder, name).filter((row) => row.state !== state);
  return found.toSorted((a, b) => b.when - a.when)[0] ?? null;
}
