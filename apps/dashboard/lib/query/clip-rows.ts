import sql, { raw } from 'sql-template-tag';
import { jobNameOf, type JobState } from '@app/jobspec/folder';
import type { ClipPicture, FailureType } from '@app/jobspec/result';
import { CLIP_FACTS, CLIP_STATUSES, STATUS, type ClipRow } from '../index/clip-row.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { CLIPS_OF_A_JOB, jobOf } from '../index/schema.ts';
import type { JobReference } from '../index/job-row.ts';
import { jobReferred } from './job-rows.ts';
import { among, JOIN_JOB } from './conditions.ts';

type StoredClip = Omit<
  ClipRow,
  'job' | 'index' | 'status' | 'when' | 'ended_at' | 'isOfJob' | 'pictures' | 'now'
> & {
  base: string;
  status: number;
  stands: number;
  job_type: FailureType | null;
  job_reason: string | null;
  at: number;
  pictures: string | null;
  now_folder: string;
  now_state: JobState;
  now_base: string;
  now_status: number;
};

const CLIPS = sql`SELECT clip.id, place.folder, place.state, job.base, dir.path || clip.name AS source_path, clip.output_path,
  rtrim(card.path, '/') AS card, clip.kind, clip.status, clip.stands, clip.at, ${raw(CLIP_FACTS.map((fact) => `clip.${fact}`).join(', '))},
  job.failure_type AS job_type, job.failure_reason AS job_reason, now_place.folder AS now_folder, now_place.state AS now_state, now_job.base AS now_base, now.status AS now_status
  FROM clip ${JOIN_JOB} JOIN dir ON dir.id = clip.dir JOIN dir AS card ON card.id = clip.card
  JOIN clip AS now ON now.id = clip.stands JOIN job AS now_job ON now_job.id = ${jobOf('now')}
  JOIN place AS now_place ON now_place.id = now_job.place`;

/** Clips by id, in this order. */
export function clipsById(index: WatchIndex, ids: readonly number[]): ClipRow[] {
  if (ids.length === 0) return [];
  const found = index.ask<StoredClip>(sql`${CLIPS} WHERE clip.id IN ${among(ids)}`);
  const rows = new Map(found.map((clip) => [clip.id, rowOf(clip)]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/** Clips of a job in the order of its sources. @param from position of the first one, from 0 */
export function clipsOfJob(
  index: WatchIndex,
  job: { id: number },
  from = 0,
  limit = CLIPS_OF_A_JOB,
): ClipRow[] {
  const first = job.id * CLIPS_OF_A_JOB;
  const found = index.ask<StoredClip>(
    sql`${CLIPS} WHERE clip.id >= ${first + from} AND clip.id < ${first + CLIPS_OF_A_JOB} ORDER BY clip.id LIMIT ${limit}`,
  );
  return found.map(rowOf);
}

/** Clip in a URL, by its job and position (from 0). The URL is only compared with values of the index. */
export function clipReferred(index: WatchIndex, job: JobReference, place: number): ClipRow | null {
  const row = place < 0 ? null : jobReferred(index, job);
  const [clip] = row === null ? [] : clipsOfJob(index, row, place, 1);
  return clip?.index === place ? clip : null;
}

/** Latest 50 attempts at the proxy of a clip, latest first. */
export function attemptsAt(index: WatchIndex, { id }: Pick<ClipRow, 'id'>): ClipRow[] {
  const found = index.ask<StoredClip>(
    sql`${CLIPS} JOIN clip AS asked ON asked.id = ${id} WHERE clip.dir = asked.dir AND clip.name = asked.name AND clip.kind IS asked.kind
     ORDER BY clip.at DESC, clip.id DESC LIMIT 50`,
  );
  return found.map(rowOf);
}

function rowOf({ base, at, stands, ...clip }: StoredClip): ClipRow {
  const { now_folder: folder, now_state: state, now_base, now_status, ...rest } = clip;
  const { job_type, job_reason, ...own } = rest;
  const now = {
    folder,
    state,
    name: jobNameOf(now_base),
    index: stands % CLIPS_OF_A_JOB,
    status: CLIP_STATUSES[now_status] ?? 'UNKNOWN',
  };
  // The only known time of a clip of an unfinished job is that of the JobSpec's file.
  const isOpen =
    clip.state === 'running' || clip.status === STATUS.WAITING || clip.status === STATUS.RUNNING;
  const isOfJob =
    clip.status === STATUS.NOT_MADE && (own.failure_type ?? own.failure_reason) === null;
  const failure = isOfJob ? { failure_type: job_type, failure_reason: job_reason } : {};
  return {
    ...own,
    ...failure,
    isOfJob,
    job: clip.state === 'media' ? '' : jobNameOf(base),
    index: clip.id % CLIPS_OF_A_JOB,
    status: CLIP_STATUSES[clip.status] ?? 'UNKNOWN',
    when: at,
    ended_at: isOpen ? null : new Date(at).toISOString().replace('Z', '+00:00'),
    pictures: JSON.parse(clip.pictures ?? '[]') as ClipPicture[],
    now: stands === clip.id ? null : now,
  };
}
