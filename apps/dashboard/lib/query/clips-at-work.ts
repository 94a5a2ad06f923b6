import { jobNameOf } from '@app/jobspec/folder';
import { CLIP_STATUSES, type ClipSums } from '../jobs/clip-row.ts';
import { isAtWork } from '../jobs/folder-view.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { CLIPS_OF_A_JOB } from '../store/schema.ts';

/** How far a job in running/ is: the status of its runner says so, and the index learns it with the result. Clips are made in order. */
export interface JobAtWork {
  /** How many of its clips are made. */
  made: number;
  /** Whether the next one is being made. */
  isBegun: boolean;
  /** Whether a runner is at work on the others; if not, nobody can tell what became of them. */
  isAtWork: boolean;
}

const WAITING = CLIP_STATUSES.indexOf('WAITING');
const COMPLETED = CLIP_STATUSES.indexOf('COMPLETED');
const UNKNOWN = CLIP_STATUSES.indexOf('UNKNOWN');

/** By the ids of the jobs. Of the running jobs of a folder, or of all. */
export function jobsAtWork(
  index: WatchIndex,
  folder: string | null = null,
): Map<number, JobAtWork> {
  const rows = index.ask<{ id: number; base: string; folder: string }>(
    `SELECT job.id, job.base, place.folder FROM job JOIN place ON place.id = job.place
     WHERE place.state = 'running' AND (? IS NULL OR place.folder = ?)`,
    folder,
    folder,
  );
  return new Map(rows.map((row) => [row.id, jobAtWork(index, row.folder, jobNameOf(row.base))]));
}

/** @param name of its file in running/ */
export function jobAtWork(index: WatchIndex, folder: string, name: string): JobAtWork {
  const runner = index.folder(folder)?.runner;
  const active = runner?.active.find((candidate) => candidate.name === name);
  return {
    made: Math.max(0, (active?.clip ?? 1) - 1),
    isBegun: active !== undefined && active.clip !== null,
    isAtWork: active !== undefined && runner !== undefined && isAtWork(runner),
  };
}

/** What became of a clip, as far as the status of its runner goes. */
export function statusSoFar(
  clip: { id: number; status: number },
  jobs: ReadonlyMap<number, JobAtWork>,
): number {
  if (clip.status !== WAITING) return clip.status;
  const job = jobs.get(Math.floor(clip.id / CLIPS_OF_A_JOB));
  if (job === undefined) return WAITING;
  if (clip.id % CLIPS_OF_A_JOB < job.made) return COMPLETED;
  return job.isAtWork ? WAITING : UNKNOWN;
}

/** Corrects the sums that the index keeps, by which every clip of a running job waits. */
export function countSoFar(
  index: WatchIndex,
  { folder, state }: { folder: string | null; state: string | null },
  sums: ClipSums,
  groups: ReadonlyMap<number, ClipSums>,
): void {
  if (state !== null && state !== 'running') return;
  for (const [id, job] of jobsAtWork(index, folder)) {
    if (job.made === 0 && job.isAtWork) continue;
    const clips = index.ask<{ id: number; dir: number; status: number }>(
      `SELECT id, dir, status FROM clip WHERE id >= ? AND id < ? AND latest = 1 AND status = ${WAITING}`,
      id * CLIPS_OF_A_JOB,
      (id + 1) * CLIPS_OF_A_JOB,
    );
    for (const clip of clips) {
      const status = statusSoFar(clip, new Map().set(id, job));
      for (const part of [sums, groups.get(clip.dir)]) if (part !== undefined) move(part, status);
    }
  }
}

function move(sums: ClipSums, status: number): void {
  if (status === WAITING) return;
  sums.not_made -= 1;
  sums.waiting -= 1;
  sums[status === COMPLETED ? 'through' : 'not_known'] += 1;
}
