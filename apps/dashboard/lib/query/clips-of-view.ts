import type { WatchIndex } from '../live/watch-index.ts';
import { CLIPS_OF_JOB, CLIP_TEXTS, type ClipTexts } from './clip-rows.ts';
import { CLIPS_COUNTED } from './clip-view.ts';
import { jobsAtWork, statusSoFar } from './clips-at-work.ts';
import { conditionOf } from './conditions.ts';
import type { JobQuery } from './job-query.ts';
import { searchOf } from './search-of.ts';
import type { Matched } from './standings.ts';

/** A clip that a view holds. */
interface ViewClip extends Matched {
  dir: number;
  status: number;
  at: number;
}

const NAMES = `LEFT JOIN dir ON dir.id = clip.dir LEFT JOIN dir AS output ON output.id = clip.output_dir
     LEFT JOIN place ON place.id = job.place`;

/** Those of some of its jobs, one job after the other. @param jobs their ids */
export function clipsOfJobs(
  index: WatchIndex,
  { q }: Pick<JobQuery, 'q'>,
  jobs: readonly number[],
): ViewClip[] {
  const isFound = searchOf(q ?? '');
  const found = index.ask<ViewClip & ClipTexts>(
    `SELECT clip.id, clip.dir, clip.status, clip.latest, clip.decider, clip.at ${isFound === null ? '' : `, ${CLIP_TEXTS}`}
     FROM json_each(?) AS asked CROSS JOIN job ON job.id = asked.value CROSS JOIN clip ON ${CLIPS_OF_JOB}
     ${isFound === null ? '' : NAMES}`,
    JSON.stringify(jobs),
  );
  return keptOf(index, found, isFound);
}

/** All that it holds, in no order; `isCounted` is false when there are too many. */
export function clipsOfView(
  index: WatchIndex,
  query: JobQuery,
): { held: ViewClip[]; isCounted: boolean } {
  // How clips stood on a day, no condition tells.
  const { sql, values } = conditionOf(query.day === null ? query : { ...query, clip_state: null });
  const isFound = searchOf(query.q ?? '');
  const found = index.ask<ViewClip & ClipTexts>(
    `SELECT clip.id, clip.dir, clip.status, clip.latest, clip.decider, clip.at ${isFound === null ? '' : `, ${CLIP_TEXTS}`}
     FROM (SELECT id, place, base, job_id FROM job WHERE ${sql} ORDER BY ended DESC LIMIT ${CLIPS_COUNTED}) AS job
     JOIN clip ON ${CLIPS_OF_JOB}
     ${isFound === null ? '' : NAMES}
     LIMIT ${CLIPS_COUNTED + 1}`,
    ...values,
  );
  const held = keptOf(index, found.slice(0, CLIPS_COUNTED), isFound);
  return { held, isCounted: found.length <= CLIPS_COUNTED };
}

/** Those that a search finds, as far as runners at work are with them. */
function keptOf(
  index: WatchIndex,
  found: readonly (ViewClip & ClipTexts)[],
  isFound: ReturnType<typeof searchOf>,
): ViewClip[] {
  const jobs = jobsAtWork(index);
  return found
    .filter((clip) => isFound === null || isFound(clip))
    .map((clip) => {
      const { id, dir, latest, decider, at } = clip;
      return { id, dir, status: statusSoFar(clip, jobs), latest, decider, at };
    });
}
