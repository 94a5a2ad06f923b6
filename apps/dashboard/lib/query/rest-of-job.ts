import { stemOf } from '@app/jobspec/folder';
import { jobForSources } from '@app/jobspec/ledger';
import { join } from 'node:path';
import { STATUS } from '../jobs/clip-row.ts';
import type { JobReference } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { readJobSpec } from '../reading/read-job.ts';
import { CLIPS_OF_A_JOB, CLIPS_OF_JOB } from '../store/schema.ts';
import { jobReferred } from './job-rows.ts';

/** A JobSpec of the clips that a failed job left, for whoever wants to hand it in. */
export interface RestOfJob {
  /** Of the file. */
  name: string;
  /** As JSON. */
  jobspec: object;
}

/**
 * The JobSpec of a failed job with those of its sources only that no proxy is there of, and that no other job asks for.
 * @returns `null` when nothing is left, when nobody can read the JobSpec, or when its names hold only for the whole job
 */
export async function restOfJob(
  index: WatchIndex,
  reference: JobReference,
): Promise<RestOfJob | null> {
  const [folder, row] = [index.folder(reference.folder), jobReferred(index, reference)];
  if (folder === null || row === null || row.state !== 'failed') return null;
  const left = index.ask<{ place: number }>(
    `SELECT clip.id - job.id * ${CLIPS_OF_A_JOB} AS place FROM job JOIN clip ON ${CLIPS_OF_JOB}
     JOIN clip AS now ON now.id = clip.stands WHERE job.id = ? AND clip.status < ${STATUS.RUNNING} AND now.status < ${STATUS.RUNNING} ORDER BY clip.id`,
    row.id,
  );
  if (left.length === 0) return null;
  const path = join(/* turbopackIgnore: true */ folder.path, row.state);
  const { facts } = await readJobSpec(path, stemOf(row.name));
  if (facts?.spec === undefined) return null;
  const places = left.map(({ place }) => place);
  const job = jobForSources({ ...facts.spec, sources: facts.sources }, places, '');
  if (job === null) return null;
  // Its id follows from its bytes: results of both lie in one folder.
  const { job_id: _, ...jobspec } = job;
  return { name: `rest-of-${row.name}`, jobspec };
}
