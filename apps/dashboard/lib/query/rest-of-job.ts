import sql from 'sql-template-tag';
import { stemOf } from '@app/jobspec/folder';
import { isRefusedForGood, jobForSources, type JobAttempt } from '@app/jobspec/ledger';
import { join } from 'node:path';
import { causeOfKey } from '../format/sentences.ts';
import { STATUS } from '../jobs/clip-row.ts';
import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { readJobSpec } from '../reading/read-job.ts';
import { CLIPS_OF_A_JOB, CLIPS_OF_JOB } from '../store/schema.ts';

/** What a failed job left: those of its clips that no proxy is there of, that no other job asks for, and that would not be refused again. */
export interface RestOfJob {
  clips: number;
  /** For whoever wants to hand it in; `null` when the names of its proxies hold only for the whole job. */
  jobspec: object | null;
}

interface Unmade {
  id: number;
  status: number;
  failure_type: string | null;
  cause: string | null;
}

/** @returns `null` when nothing is left, or nobody can read the JobSpec */
export async function restOfJob(
  index: WatchIndex,
  { id, folder: called, state, name }: JobRow,
): Promise<RestOfJob | null> {
  const folder = index.folder(called);
  if (folder === null || state !== 'failed') return null;
  const found = index.ask<Unmade>(
    sql`SELECT clip.id, clip.status, clip.failure_type, job.cause FROM job JOIN clip ON ${CLIPS_OF_JOB} JOIN clip AS now ON now.id = clip.stands
      WHERE job.id = ${id} AND clip.status < ${STATUS.UNKNOWN} AND now.status < ${STATUS.UNKNOWN} ORDER BY clip.id`,
  );
  const left = found.filter((clip) => !isRefusedForGood(attemptOf(clip)));
  if (left.length === 0) return null;
  const path = join(/* turbopackIgnore: true */ folder.path, state);
  const { facts } = await readJobSpec(path, stemOf(name));
  if (facts?.spec === undefined) return null;
  const whole = { ...facts.spec, sources: facts.sources };
  const isWhole = left.length === facts.sources.length;
  const places = left.map((clip) => clip.id % CLIPS_OF_A_JOB);
  const rest = jobForSources(whole, places, '') ?? (isWhole ? whole : null);
  // The id of a part follows from its bytes: results of both lie in one folder.
  const jobspec = rest === whole || rest === null ? rest : { ...rest, job_id: undefined };
  return { clips: left.length, jobspec };
}

/** A clip that was not made has a reason of its own where its job was refused because of it. */
function attemptOf({ status, failure_type, cause }: Unmade): Pick<JobAttempt, 'state' | 'cause'> {
  const isRefused = status === STATUS.NOT_MADE && failure_type !== null;
  return { state: isRefused ? 'refused' : 'not_begun', cause: causeOfKey(cause) };
}
