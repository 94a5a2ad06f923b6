import { CLIP_FACTS, CLIP_STATUSES } from '../jobs/clip-row.ts';
import type { Queue, Speed } from '../jobs/pace.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { UNFINISHED } from '../store/batch.ts';
import { Remembered } from './remembered.ts';

export const SPEED_HOURS = 24;
const HOUR_MS = 3_600_000;
const COMPLETED = CLIP_STATUSES.indexOf('COMPLETED');
const [MEDIA, TOOK] = [CLIP_FACTS.indexOf('media_seconds'), CLIP_FACTS.indexOf('duration_seconds')];
/** Of a busier day the latest ones tell enough. */
const CLIPS_LOOKED_AT = 5000;

interface Made {
  ago: number;
  media: number;
  took: number;
}

const speeds = new Remembered<Speed>();

/** How fast clips were made lately: how long they play against how long it took. */
export function encodeSpeed(index: WatchIndex, now: number): Speed {
  const hour = Math.floor(now / HOUR_MS);
  return speeds.of(index.version, String(hour), () => {
    const made = index.ask<Made>(
      `SELECT ? - CAST(at / ${HOUR_MS} AS INTEGER) AS ago, total(media) AS media, total(took) AS took
       FROM (SELECT at, facts ->> ${MEDIA} AS media, facts ->> ${TOOK} AS took
             FROM clip WHERE latest = 1 AND status = ${COMPLETED} AND at > ? ORDER BY at DESC LIMIT ${CLIPS_LOOKED_AT})
       WHERE media > 0 AND took > 0.001 GROUP BY ago`,
      hour,
      (hour - SPEED_HOURS + 1) * HOUR_MS,
    );
    const sum = (key: 'media' | 'took') => made.reduce((total, one) => total + one[key], 0);
    return {
      hours: Array.from({ length: SPEED_HOURS }, (_, place) =>
        speedOf(made.find(({ ago }) => ago === SPEED_HOURS - 1 - place)),
      ),
      whole: speedOf({ media: sum('media'), took: sum('took') }),
    };
  });
}

function speedOf(made: Pick<Made, 'media' | 'took'> | undefined): number | null {
  return made === undefined || made.took <= 0 ? null : made.media / made.took;
}

/** Minutes by which waiting jobs are told apart. */
export const WAITS = [1, 5, 15, 60] as const;

const queues = new Remembered<Queue>();

/** How long the jobs of all folders wait, by when their files were written. */
export function queueOf(index: WatchIndex, now: number): Queue {
  const minute = Math.floor(now / 60_000);
  return queues.of(index.version, String(minute), () => {
    const younger = WAITS.map(
      (minutes) => `total(ended > ${UNFINISHED.pending + now - minutes * 60_000})`,
    );
    const [found] = index.ask<{ jobs: number; younger: string }>(
      `SELECT count(*) AS jobs, json_array(${younger.join(', ')}) AS younger
       FROM job WHERE place IN (SELECT id FROM place WHERE state = 'pending')`,
    );
    const jobs = found?.jobs ?? 0;
    const upTo = [...(JSON.parse(found?.younger ?? '[]') as number[]), jobs];
    return { jobs, counts: upTo.map((count, place) => count - (upTo[place - 1] ?? 0)) };
  });
}
