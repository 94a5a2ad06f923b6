import { CLIP_STATUSES, NO_CLIPS, type ClipRow, type ClipSums } from '../jobs/clip-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { addTo, clipSums, NO_SUMS, type StoredSums } from '../store/sums.ts';
import { isInState, standsAs, sumsInState } from './clip-states.ts';
import { countMade, madeAtWork, statusSoFar } from './clips-at-work.ts';
import { CLIPS_OF_JOB, clipsById, CLIP_TEXTS, type ClipTexts } from './clip-rows.ts';
import { conditionOf, isOfPlaces, keyOf, OF_PLACES, placeValues } from './conditions.ts';
import type { JobQuery } from './job-query.ts';
import { Remembered } from './remembered.ts';
import { searchOf } from './search-of.ts';

/** So many clips are counted one by one; a wider view has to be narrowed for its sums. */
export const CLIPS_COUNTED = 60_000;

/** The clips of a view: where the sources stand first, then earlier attempts at them; in each, what needs somebody first. */
export interface ClipView {
  sums: ClipSums;
  /** False when there are more clips than are counted: `sums` are those of the latest ones. */
  isCounted: boolean;
  /** Rows on all pages: earlier attempts are listed too. */
  listed: number;
  /** Ids of one page. */
  ids: number[];
  /** The sums of folders of sources, by the id of the folder. */
  groups: ReadonlyMap<number, ClipSums>;
}

export interface ClipPage extends Omit<ClipView, 'ids'> {
  rows: ClipRow[];
}

export function selectClips(index: WatchIndex, query: JobQuery): ClipPage {
  const wide = isOfPlaces({ ...query, clip_state: null }) ? keptSums(index, query) : null;
  const { ids, ...view } =
    wide !== null && wide.total > CLIPS_COUNTED
      ? wideView(index, query, wide)
      : narrowView(index, query);
  return { ...view, rows: clipsById(index, ids) };
}

/** All clips of a view, so many at a time. */
export function* clipsInParts(index: WatchIndex, query: JobQuery): Generator<ClipRow[]> {
  for (let page = 1; ; page += 1) {
    const { rows } = selectClips(index, { ...query, page, pageSize: 500 });
    if (rows.length > 0) yield rows;
    if (rows.length < 500) return;
  }
}

function keptSums(index: WatchIndex, query: JobQuery): ClipSums {
  const [stored] = index.ask<StoredSums>(
    `SELECT ${SUMS} FROM place WHERE ${OF_PLACES}`,
    ...placeValues(query),
  );
  return stored === undefined ? NO_CLIPS : clipSums(stored);
}

const SUMS =
  'total(through) AS through, total(failed) AS failed, total(unmade) AS unmade, total(unknown) AS unknown, total(waiting) AS waiting';

function wideView(index: WatchIndex, query: JobQuery, sums: ClipSums): ClipView {
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
  const dirs = isAll ? [...new Set(rows.map(({ dir }) => dir))] : [];
  const groups = index.ask<StoredSums & { id: number }>(
    'SELECT id, through, failed, unmade, unknown, waiting FROM dir WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(dirs),
  );
  const groupSums = new Map(groups.map((group) => [group.id, clipSums(group)]));
  countMade(index, query, sums, groupSums);
  const shown = sumsInState(sums, clip_state);
  return {
    sums: shown,
    isCounted: true,
    listed: shown.total,
    ids: rows.map(({ id }) => id),
    groups: new Map(Array.from(groupSums, ([id, group]) => [id, sumsInState(group, clip_state)])),
  };
}

interface Matched {
  id: number;
  dir: number;
  status: number;
  latest: number;
  at: number;
}

interface Counted {
  /** In their order. */
  all: Float64Array;
  sums: ClipSums;
  isCounted: boolean;
  groups: Map<number, ClipSums>;
}

const COMPLETED = CLIP_STATUSES.indexOf('COMPLETED');
const counted = new Remembered<Counted>(8);

function narrowView(index: WatchIndex, query: JobQuery): ClipView {
  const { all, ...view } = counted.of(index.version, keyOf(query), () => count(index, query));
  const start = (query.page - 1) * query.pageSize;
  const ids = [...all.subarray(start, start + query.pageSize)];
  return { ...view, listed: all.length, ids };
}

function count(index: WatchIndex, query: JobQuery): Counted {
  const { sql, values } = conditionOf(query);
  const isFound = searchOf(query.q ?? '');
  const made = madeAtWork(index);
  const found = index.ask<Matched & ClipTexts>(
    `SELECT clip.id, clip.dir, clip.status, clip.latest, clip.at ${isFound === null ? '' : `, ${CLIP_TEXTS}`}
     FROM (SELECT id, place, base, job_id FROM job WHERE ${sql} ORDER BY ended DESC LIMIT ${CLIPS_COUNTED}) AS job
     JOIN clip ON ${CLIPS_OF_JOB}
     ${isFound === null ? '' : 'LEFT JOIN dir ON dir.id = clip.dir LEFT JOIN dir AS output ON output.id = clip.output_dir LEFT JOIN place ON place.id = job.place'}
     LIMIT ${CLIPS_COUNTED + 1}`,
    ...values,
  );
  const matched = found
    .slice(0, CLIPS_COUNTED)
    .filter((clip) => isFound === null || isFound(clip))
    .map(({ id, dir, status, latest, at }) => {
      return { id, dir, status: statusSoFar({ id, status }, made), latest, at };
    })
    .filter((clip) => isInState(clip, query.clip_state));
  const groups = new Map<number, ClipSums>();
  const sums = { ...NO_CLIPS };
  for (const clip of matched.filter(({ latest }) => latest === 1)) {
    const group = groups.get(clip.dir) ?? { ...NO_CLIPS };
    groups.set(clip.dir, group);
    for (const part of [sums, group]) countIn(part, clip.status);
  }
  matched.sort((a, b) => compareGroups(groups, a.dir, b.dir) || compareClips(a, b));
  const all = Float64Array.from(matched, ({ id }) => id);
  return { all, sums, isCounted: found.length <= CLIPS_COUNTED, groups };
}

/** Folders that need somebody come first, then the larger ones. */
function compareGroups(groups: ReadonlyMap<number, ClipSums>, a: number, b: number): number {
  if (a === b) return 0;
  const [first, second] = [groups.get(a) ?? NO_CLIPS, groups.get(b) ?? NO_CLIPS];
  return (
    Math.sign(second.failed) - Math.sign(first.failed) ||
    Math.sign(second.not_made + second.not_known) - Math.sign(first.not_made + first.not_known) ||
    second.total - first.total ||
    a - b
  );
}

function compareClips(a: Matched, b: Matched): number {
  return (
    b.latest - a.latest ||
    a.status - b.status ||
    (a.status === COMPLETED ? a.id - b.id : b.at - a.at || a.id - b.id)
  );
}

function countIn(sums: ClipSums, status: number): void {
  const stored = { ...NO_SUMS };
  addTo(stored, status, 1);
  sums.total += 1;
  sums.through += stored.through;
  sums.failed += stored.failed;
  sums.not_made += stored.unmade;
  sums.not_known += stored.unknown;
  sums.waiting += stored.waiting;
}
