import { NO_CLIPS, type ClipSums } from '../jobs/clip-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { clipSums, type StoredSums } from '../store/sums.ts';
import type { ClipView } from './clip-view.ts';
import { standsAs, sumsInState } from './clip-states.ts';
import { countSoFar } from './clips-at-work.ts';
import { OF_PLACES, placeValues } from './conditions.ts';
import { countElsewhere } from './count-clip.ts';
import type { JobQuery } from './job-query.ts';
import { decidersOfPlaces } from './standings.ts';

/** What the index counted in the places of a view. */
export function keptSums(index: WatchIndex, query: JobQuery): ClipSums {
  const [stored] = index.ask<StoredSums>(
    `SELECT ${SUMS} FROM place WHERE ${OF_PLACES}`,
    ...placeValues(query),
  );
  return stored === undefined ? NO_CLIPS : clipSums(stored);
}

const SUMS =
  'total(through) AS through, total(failed) AS failed, total(unmade) AS unmade, total(unknown) AS unknown, total(waiting) AS waiting';

/** A view with more clips than are counted. @param sums as the index counted them */
export function wideView(index: WatchIndex, query: JobQuery, sums: ClipSums): ClipView {
  const { folder, state, clip_state, page, pageSize } = query;
  const isAll = folder === null && state === null;
  const places = isAll ? 'TRUE' : `clip.place IN (SELECT id FROM place WHERE ${OF_PLACES})`;
  const where = `WHERE ${clip_state === null ? 'TRUE' : standsAs(clip_state)} AND ${places}`;
  const rows = index.ask<{ id: number; dir: number }>(
    `SELECT clip.id, clip.dir FROM clip ${where} ORDER BY latest DESC, status, at DESC LIMIT ? OFFSET ?`,
    ...(isAll ? [] : placeValues(query)),
    pageSize,
    (page - 1) * pageSize,
  );
  const dirs = [...new Set(rows.map(({ dir }) => dir))];
  const groups = index.ask<StoredSums & { id: number }>(
    'SELECT id, through, failed, unmade, unknown, waiting FROM dir WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(isAll ? dirs : []),
  );
  const groupSums = new Map(groups.map((group) => [group.id, clipSums(group)]));
  countSoFar(index, query, sums, groupSums);
  const shown = sumsInState(sums, clip_state);
  const listed = shown.total;
  for (const decider of clip_state === null ? decidersOfPlaces(index, query) : [])
    countElsewhere(shown, decider.status);
  return {
    sums: shown,
    isCounted: true,
    sources: null,
    listed,
    latest: null,
    decided: new Set(),
    // Such a view has its pages by time, and each page its folders.
    ids: dirs.flatMap((own) => rows.filter(({ dir }) => dir === own).map(({ id }) => id)),
    groups: new Map(Array.from(groupSums, ([id, group]) => [id, sumsInState(group, clip_state)])),
  };
}
