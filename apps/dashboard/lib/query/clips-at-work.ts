import { CLIP_STATUSES, type ClipSums } from '../jobs/clip-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { CLIPS_OF_A_JOB } from '../store/schema.ts';
import type { JobQuery } from './job-query.ts';
import { jobNamed } from './job-rows.ts';

/** Ids of clips that a runner at work has made: its status says so, and the index learns it with the result. */
export interface MadeClips {
  from: number;
  /** The first one that is not made yet. */
  to: number;
}

const WAITING = CLIP_STATUSES.indexOf('WAITING');
const COMPLETED = CLIP_STATUSES.indexOf('COMPLETED');

/** Of the running jobs of a folder, or of all. */
export function madeAtWork(index: WatchIndex, folder: string | null = null): MadeClips[] {
  const folders = index.folders.filter(({ name }) => folder === null || name === folder);
  return folders.flatMap(({ name, runner }) =>
    runner.active.flatMap((active) => {
      const row = jobNamed(index, name, 'running', active.name);
      const from = (row?.id ?? 0) * CLIPS_OF_A_JOB;
      const made = (active.clip ?? 1) - 1;
      return row === null || made < 1 ? [] : [{ from, to: from + made }];
    }),
  );
}

/** What became of a clip, as far as the status of its runner goes. */
export function statusSoFar(clip: { id: number; status: number }, made: readonly MadeClips[]) {
  const isMade = made.some(({ from, to }) => clip.id >= from && clip.id < to);
  return isMade && clip.status === WAITING ? COMPLETED : clip.status;
}

/** Counts what is made already where the sums that the index keeps say that it waits. */
export function countMade(
  index: WatchIndex,
  { folder, state }: JobQuery,
  sums: ClipSums,
  groups: ReadonlyMap<number, ClipSums>,
): void {
  if (state !== null && state !== 'running') return;
  for (const { from, to } of madeAtWork(index, folder)) {
    const counted = index.ask<{ dir: number; made: number }>(
      `SELECT dir, count(*) AS made FROM clip WHERE id >= ? AND id < ? AND latest = 1 AND status = ${WAITING} GROUP BY dir`,
      from,
      to,
    );
    for (const { dir, made } of counted)
      for (const part of [sums, groups.get(dir)]) if (part !== undefined) move(part, made);
  }
}

function move(sums: ClipSums, made: number): void {
  sums.through += made;
  sums.not_made -= made;
  sums.waiting -= made;
}
