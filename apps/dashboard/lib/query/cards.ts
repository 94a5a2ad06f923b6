import sql from 'sql-template-tag';
import type { WatchIndex } from '../live/watch-index.ts';
import { CLIPS_OF_JOB } from '../store/schema.ts';
import { momentOf } from './days.ts';
import { VersionedCache } from './versioned-cache.ts';
import { countCards, type Cards } from './select-clips.ts';

const remembered = new VersionedCache<Cards>(8);

/** Cards that something ended of since a minute, or is to come of: each with the sums of all its clips. @param most how many of them are given */
export function cardsSince(index: WatchIndex, since: string, most: number): Cards {
  return remembered.of(index.version, since, () =>
    countCards(
      index,
      sql`clip.stands = clip.id AND clip.card IN (
        SELECT clip.card FROM job CROSS JOIN clip ON ${CLIPS_OF_JOB} WHERE job.ended >= ${momentOf(since)})`,
      most,
    ),
  );
}
