import { jobNameOf, type JobState } from '@app/jobspec/folder';
import type { FailureType } from '@app/jobspec/result';
import {
  CLIP_FACTS,
  CLIP_STATUSES,
  type ClipFacts,
  type ClipRow,
  type OtherAttempt,
} from '../jobs/clip-row.ts';
import { type JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { RELATIONS } from '../store/relations.ts';
import { CLIPS_OF_A_JOB, JOB_OF_CLIP } from '../store/schema.ts';
import { jobAtWork } from './clips-at-work.ts';

/** SQL for the clips of a job. */
export const CLIPS_OF_JOB = `clip.id >= job.id * ${CLIPS_OF_A_JOB} AND clip.id < (job.id + 1) * ${CLIPS_OF_A_JOB}`;

/** The texts that a search looks through. */
export interface ClipTexts {
  folder: string;
  base: string;
  job_id: string | null;
  source_path: string;
  output_path: string;
  reel: string | null;
}

/** SQL for them: `dir` is the folder of the source, `output` that of the proxy. */
export const CLIP_TEXTS = `place.folder, job.base, job.job_id, coalesce(dir.path, '') || clip.name AS source_path,
  coalesce(output.path, '') || clip.output_name AS output_path,
  clip.facts ->> ${CLIP_FACTS.indexOf('reel')} AS reel`;

interface StoredClip extends ClipTexts {
  id: number;
  dir: number;
  state: JobState;
  status: number;
  latest: number;
  relation: number;
  kind: string | null;
  of_kinds: number;
  job_failure: FailureType | null;
  job_completed: number | null;
  at: number;
  facts: string;
  other: number | null;
  other_folder: string;
  other_state: JobState;
  other_base: string;
  other_when: number;
}

const CLIPS = `SELECT clip.id, clip.dir, place.state, clip.status, clip.latest, clip.relation, job.kind, job.failure_type AS job_failure,
  job.completed_clips AS job_completed, clip.at, clip.facts, ${CLIP_TEXTS},
  clip.other, other_place.folder AS other_folder, other_place.state AS other_state, other_job.base AS other_base,
  (SELECT made.at FROM clip AS made WHERE made.id = clip.other) AS other_when,
  EXISTS (SELECT 1 FROM clip AS same JOIN job AS asking ON asking.id = same.id / ${CLIPS_OF_A_JOB}
    WHERE same.dir = clip.dir AND same.name = clip.name AND asking.kind <> job.kind) AS of_kinds
  FROM clip JOIN job ON job.id = ${JOB_OF_CLIP} JOIN place ON place.id = job.place
  LEFT JOIN dir ON dir.id = clip.dir LEFT JOIN dir AS output ON output.id = clip.output_dir
  LEFT JOIN job AS other_job ON other_job.id = clip.other / ${CLIPS_OF_A_JOB} LEFT JOIN place AS other_place ON other_place.id = other_job.place`;

/** Clips of the index by their ids, in this order. */
export function clipsById(index: WatchIndex, ids: readonly number[]): ClipRow[] {
  if (ids.length === 0) return [];
  const found = index.ask<StoredClip>(
    `${CLIPS} WHERE clip.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  );
  const rows = new Map(found.map((clip) => [clip.id, rowOf(index, clip)]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/** The clips of a job in the order of its sources. @param from the first one, from 0 */
export function clipsOfJob(
  index: WatchIndex,
  job: Pick<JobRow, 'id'>,
  from = 0,
  limit = CLIPS_OF_A_JOB,
): ClipRow[] {
  const found = index.ask<StoredClip>(
    `${CLIPS} WHERE clip.id >= ? AND clip.id < ? ORDER BY clip.id LIMIT ?`,
    job.id * CLIPS_OF_A_JOB + from,
    (job.id + 1) * CLIPS_OF_A_JOB,
    limit,
  );
  return found.map((clip) => rowOf(index, clip));
}

function rowOf(index: WatchIndex, clip: StoredClip): ClipRow {
  const values = JSON.parse(clip.facts) as unknown[];
  const facts = Object.fromEntries(CLIP_FACTS.map((fact, at) => [fact, values[at]]));
  const job = jobNameOf(clip.base);
  const number = clip.id % CLIPS_OF_A_JOB;
  const isOpen = CLIP_STATUSES[clip.status] === 'WAITING' && clip.state === 'running';
  return {
    id: clip.id,
    folder: clip.folder,
    state: clip.state,
    job,
    index: number,
    source_path: clip.source_path,
    output_path: clip.output_path,
    status: isOpen
      ? statusAtWork(index, clip.folder, job, number)
      : (CLIP_STATUSES[clip.status] ?? 'UNKNOWN'),
    dir: clip.dir,
    when: clip.at,
    latest: clip.latest === 1,
    made_good: clip.relation === RELATIONS.madeGood,
    made_before: clip.relation === RELATIONS.madeBefore,
    made_since: clip.relation === RELATIONS.madeSince,
    is_elsewhere: false,
    other: otherOf(clip),
    is_later: clip.relation === RELATIONS.later,
    kind: clip.kind,
    is_of_kinds: clip.of_kinds === 1,
    ...(facts as unknown as ClipFacts),
    ...(wasAtWork(clip) ? { failure_type: clip.job_failure } : {}),
  };
}

function otherOf({ other, ...clip }: StoredClip): OtherAttempt | null {
  if (other === null) return null;
  const { other_folder: folder, other_state: state, other_when: when } = clip;
  const name = jobNameOf(clip.other_base);
  return { folder, state, name, index: other % CLIPS_OF_A_JOB, when };
}

/** Whether its runner ended when the clip was the next one to be made: clips are made in order. */
function wasAtWork({ id, status, job_failure, job_completed }: StoredClip): boolean {
  return (
    CLIP_STATUSES[status] === 'NOT_MADE' &&
    job_failure === 'RunnerInterrupted' &&
    id % CLIPS_OF_A_JOB === job_completed
  );
}

/** Of a running job only the runner's status says which clips are made: they are made in order. */
function statusAtWork(
  index: WatchIndex,
  folder: string,
  job: string,
  number: number,
): ClipRow['status'] {
  const { made, isAtWork, isBegun } = jobAtWork(index, folder, job);
  if (number < made) return 'COMPLETED';
  if (!isAtWork) return 'UNKNOWN';
  return isBegun && number === made ? 'RUNNING' : 'WAITING';
}

/** The source of the clip that a job failed at; `null` when it was none of them. */
export function failedSourceOf(index: WatchIndex, job: JobRow): string | null {
  if (job.final_status !== 'FAILED') return null;
  const [clip] = clipsOfJob(index, job, job.completed_clips ?? 0, 1);
  return clip?.status === 'FAILED' ? clip.source_path : null;
}
