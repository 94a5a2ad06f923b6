import type { ClipRow } from '../jobs/clip-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { clipsById } from './clip-rows.ts';
import { isInState } from './clip-states.ts';
import { CLIPS_COUNTED } from './clip-view.ts';
import { clipsOfJobs } from './clips-of-view.ts';
import { conditionOf } from './conditions.ts';
import type { JobQuery } from './job-query.ts';
import { clipsInParts, selectClips } from './select-clips.ts';
import { standingsOf } from './standings.ts';

/** A job may have 10,000 clips: so many jobs are looked at in one go. */
const JOBS_A_PART = 20;
const ROWS_A_PART = 500;

/** All clips of a view, however many: as its pages have them, and where there are too many for pages, job by job, the latest first. */
export function* allClips(index: WatchIndex, query: JobQuery): Generator<ClipRow[]> {
  const { isCounted, listed } = selectClips(index, { ...query, page: 1, pageSize: 1 });
  if (isCounted && listed <= CLIPS_COUNTED) yield* clipsInParts(index, query);
  else yield* clipsByJob(index, query);
}

function* clipsByJob(index: WatchIndex, query: JobQuery): Generator<ClipRow[]> {
  const { day, clip_state } = query;
  const jobs = jobsOf(index, query);
  for (let start = 0; start < jobs.length; start += JOBS_A_PART) {
    const held = clipsOfJobs(index, query, [...jobs.subarray(start, start + JOBS_A_PART)]);
    const atEnd = day === null ? null : standingsOf(index, held, day).latest;
    const clips = held
      .map(({ id, status, latest }) => ({ id, status, latest: atEnd?.has(id) ?? latest === 1 }))
      .filter((clip) => isInState(clip, clip_state));
    for (let at = 0; at < clips.length; at += ROWS_A_PART) {
      const part = clips.slice(at, at + ROWS_A_PART);
      const latest = new Map(part.map((clip) => [clip.id, clip.latest]));
      yield clipsById(index, [...latest.keys()]).map((row) =>
        Object.assign(row, { latest: latest.get(row.id) ?? row.latest }),
      );
    }
  }
}

/** The ids of the jobs of a view as one text: a million rows would take a hundred megabytes. */
function jobsOf(index: WatchIndex, query: JobQuery): Float64Array {
  const { sql, values } = conditionOf(query.day === null ? query : { ...query, clip_state: null });
  const [found] = index.ask<{ ids: string | null }>(
    `SELECT group_concat(id) AS ids FROM (SELECT id FROM job WHERE ${sql} ORDER BY ended DESC)`,
    ...values,
  );
  const ids = found?.ids ?? null;
  return Float64Array.from(ids === null ? [] : ids.split(','), Number);
}
