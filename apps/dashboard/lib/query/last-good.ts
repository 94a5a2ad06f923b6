import { jobNameOf, type JobState } from '@app/jobspec/folder';
import { CLIP_STATUSES } from '../jobs/clip-row.ts';
import type { OtherJob } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { splitPath } from '../names/words.ts';
import { JOB_OF_CLIP } from '../store/schema.ts';

/** Clips of a folder that are looked through: a card has fewer. */
const CARD_CLIPS = 5000;
const COMPLETED = CLIP_STATUSES.indexOf('COMPLETED');

/** The clip of a card that came through last. */
export interface LastGood {
  /** File name of the source. */
  name: string;
  /** Milliseconds. */
  at: number;
  job: OtherJob;
}

interface Found {
  name: string;
  at: number;
  folder: string;
  state: JobState;
  base: string;
}

/** Of the folder that a source lies in: whether the card is at fault, or the clip. `null` when none came through, or it is too large a folder. */
export function lastGoodOf(index: WatchIndex, source: string): LastGood | null {
  const [found] = index.ask<Found>(
    `SELECT clip.name, clip.at, place.folder, place.state, job.base
     FROM dir CROSS JOIN clip ON clip.dir = dir.id CROSS JOIN job ON job.id = ${JOB_OF_CLIP} CROSS JOIN place ON place.id = job.place
     WHERE dir.path = ? AND dir.through > 0 AND dir.through + dir.failed + dir.unmade + dir.unknown + dir.waiting <= ${CARD_CLIPS}
       AND clip.status = ${COMPLETED} AND clip.latest = 1 AND place.state IN ('completed', 'failed')
     ORDER BY clip.at DESC, clip.id DESC LIMIT 1`,
    splitPath(source).dir,
  );
  if (found === undefined) return null;
  const { name, at, folder, state, base } = found;
  return { name, at, job: { folder, state, name: jobNameOf(base) } };
}
