import type { ClipRow } from '../jobs/clip-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { clipsById } from './clip-rows.ts';
import { countClipless } from './clipless-jobs.ts';
import { CLIPS_COUNTED, type ClipView } from './clip-view.ts';
import { isOfPlaces, keyOf } from './conditions.ts';
import type { JobQuery } from './job-query.ts';
import { narrowView } from './narrow-clips.ts';
import { Remembered } from './remembered.ts';
import { keptSums, wideView } from './wide-clips.ts';

export { CLIPS_COUNTED } from './clip-view.ts';

export interface ClipPage extends Omit<ClipView, 'ids' | 'latest' | 'decided'> {
  rows: ClipRow[];
  /** Jobs that failed before their clips were known: `sums` have none of them. */
  clipless: number;
}

const counted = new Remembered<number>(8);

export function selectClips(index: WatchIndex, query: JobQuery): ClipPage {
  const wide = isOfPlaces({ ...query, clip_state: null }) ? keptSums(index, query) : null;
  const { ids, latest, decided, ...view } =
    wide !== null && wide.total > CLIPS_COUNTED
      ? wideView(index, query, wide)
      : narrowView(index, query);
  const rows = clipsById(index, ids).map((row) =>
    Object.assign(row, {
      latest: latest?.has(row.id) ?? row.latest,
      is_elsewhere: decided.has(row.id),
    }),
  );
  const clipless = counted.of(index.version, keyOf(query), () => countClipless(index, query));
  return { ...view, rows, clipless };
}

/** All clips of a view, so many at a time. */
export function* clipsInParts(index: WatchIndex, query: JobQuery): Generator<ClipRow[]> {
  for (let page = 1; ; page += 1) {
    const { rows } = selectClips(index, { ...query, page, pageSize: 500 });
    if (rows.length > 0) yield rows;
    if (rows.length < 500) return;
  }
}
