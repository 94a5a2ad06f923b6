import { archiveName, JOB_STATES, stemOf } from '@app/jobspec/folder';
import { join } from 'node:path';
import { type JobReference, type JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { readJobSpec, readResult } from '../reading/read-job.ts';
import type { ReadClip, ResultHead } from '../reading/narrow-result.ts';
import type { ShownFile } from '../reading/shown-file.ts';
import { jobNamed, jobReferred } from './job-rows.ts';
import { restOfJob, type RestOfJob } from './rest-of-job.ts';
import { UNREAD_ID, unreadJob } from './unread-job.ts';

export interface NumberedClip {
  /** From 1, as the sources are ordered. */
  number: number;
  clip: ReadClip;
}

/** Everything that is known of one job. */
export interface OpenJob extends RestOfJob {
  row: JobRow;
  /** Whether lists, searches and what is fetched beside its page know of it yet. */
  isIndexed: boolean;
  /** `null` when it can't be read. */
  jobspecFile: ShownFile | null;
  /** `null` when there is none, or it is not a result of the runner. */
  result: ResultHead | null;
  /** Those that were asked for. */
  clips: NumberedClip[];
  failed: NumberedClip | null;
  first: NumberedClip | null;
  last: NumberedClip | null;
  resultFile: ShownFile | null;
  /** Why a file could not be read, in a sentence. */
  problem: string | null;
}

/** Clips from one number to another, from 1. */
export interface ClipSpan {
  from: number;
  to: number;
}

/**
 * Reads the files of a job that the index knows, or of one that lies there and waits to be read.
 * @param span the clips to give; a job may have 10,000
 * @returns `null` when there is no such job
 */
export async function openJob(
  index: WatchIndex,
  reference: JobReference,
  span: ClipSpan,
): Promise<OpenJob | null> {
  const folder = index.folder(reference.folder);
  const row = jobReferred(index, reference) ?? (await unreadJob(index, reference));
  return folder === null || row === null
    ? null
    : read(index, row, join(/* turbopackIgnore: true */ folder.path, row.state), span);
}

async function read(
  index: WatchIndex,
  row: JobRow,
  path: string,
  { from, to }: ClipSpan,
): Promise<OpenJob> {
  const base = stemOf(row.name);
  const found: Pick<OpenJob, 'clips' | 'failed' | 'first' | 'last'> = {
    clips: [],
    failed: null,
    first: null,
    last: null,
  };
  const visit = (clip: ReadClip, index: number) => {
    const numbered = { number: index + 1, clip };
    if (numbered.number >= from && numbered.number <= to) found.clips.push(numbered);
    if (clip.status === 'FAILED') found.failed ??= numbered;
    found.first ??= numbered;
    found.last = numbered;
  };
  const spec = row.hasJob ? await readJobSpec(path, base) : null;
  const decided = row.hasResult ? await readResult(path, base, visit) : null;
  const problems = [decided?.problem, spec?.problem, row.problem];
  return {
    row,
    isIndexed: row.id !== UNREAD_ID,
    ...found,
    jobspecFile: spec?.shown ?? null,
    result: decided?.result ?? null,
    resultFile: decided?.shown ?? null,
    ...restOfJob(index, row, spec?.facts?.spec?.['naming_template']),
    problem: problems.find((problem) => typeof problem === 'string') ?? null,
  };
}

const ATTEMPTS_LOOKED_AT = 1000;

/** Where a job that left its folder since the link was made lies now: the latest of those that bear its name. */
export async function findMovedJob(
  index: WatchIndex,
  reference: JobReference,
): Promise<JobRow | null> {
  const { folder, state, name } = reference;
  const found = under(index, folder, name).filter((row) => row.state !== state);
  for (let attempt = 2; attempt < ATTEMPTS_LOOKED_AT; attempt += 1) {
    const next = under(index, folder, archiveName(name, attempt));
    if (next.length === 0) break;
    found.push(...next);
  }
  if (found.length === 0)
    for (const other of JOB_STATES) {
      const unread = await unreadJob(index, { folder, state: other, name });
      if (unread !== null) found.push(unread);
    }
  return found.toSorted((a, b) => b.when - a.when)[0] ?? null;
}

function under(index: WatchIndex, folder: string, name: string): JobRow[] {
  return JOB_STATES.flatMap((state) => jobNamed(index, folder, state, name) ?? []);
}
