import { CLIP_STATE_LABELS, CLIP_STATES } from '../query/clip-states.ts';
import { dayOf, lastDays, spanOfDay, timeZone, writtenMinute } from '../query/days.ts';
import type { JobQuery } from '../query/job-query.ts';
import { unreadableJobs } from '../query/needs.ts';
import { ALL, cardsOf, clipsInParts } from '../query/select-clips.ts';
import { countJobs } from '../query/select-jobs.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import type { ClipRow } from '../jobs/clip-row.ts';
import { twoDigits } from '../text/quantities.ts';
import { writtenDay } from '../text/written-day.ts';
import type { Report } from './report-page.ts';

/** So many clips make some hundred pages of paper. */
const MOST = 5000;

/** The report of a view, or of today when it has no span. @param title `null` for the watch folders' names */
export function makeReport(
  index: WatchIndex,
  asked: JobQuery,
  title: string | null,
  now: number,
): Report {
  const isOpen =
    asked.day === null &&
    asked.since === null &&
    asked.until === null &&
    asked.card === null &&
    asked.q === null;
  const query = isOpen ? { ...asked, day: dayOf(now) } : asked;
  const { sums, first: cards } = cardsOf(index, query, ALL);
  const clips = firstClips(index, query);
  const names = index.folders.map(({ name }) => name);
  return {
    title: title ?? query.folder ?? names.join(', '),
    span: [spanOf(query, now), ...partsOf(query)].join(', '),
    asOf: `${writtenDay(now)}, ${timeOf(now)}, ${timeZone()}`,
    query,
    sums,
    cards,
    clips,
    isCut: clips.length < sums.total,
    jobs: unreadableJobs(index, query),
    toEnd: query.day !== null && query.day !== lastDays(1, now)[0] ? 0 : toEnd(index, query),
  };
}

function firstClips(index: WatchIndex, query: JobQuery): ClipRow[] {
  const clips: ClipRow[] = [];
  for (const part of clipsInParts(index, query)) {
    clips.push(...part);
    if (clips.length >= MOST) break;
  }
  return clips.slice(0, MOST);
}

function toEnd(index: WatchIndex, query: JobQuery): number {
  const open = { ...query, day: null, since: null, until: null, clip_state: null };
  return ['running', 'pending'].reduce(
    (sum, state) => sum + countJobs(index, { ...open, state }),
    0,
  );
}

function spanOf({ day, since, until }: JobQuery, now: number): string {
  if (day !== null) return writtenDay(spanOfDay(day).from);
  if (since === null && until === null) return `until ${writtenDay(now)}`;
  return [
    since === null ? '' : `since ${writtenMinute(since)}`,
    until === null ? '' : `until ${writtenMinute(until)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** What is left out, for who has only the paper. */
function partsOf({ card, q, clip_state, failure_type, folder }: JobQuery): string[] {
  const state = CLIP_STATES.find((one) => one === clip_state);
  return [
    ...(card === null ? [] : [`card ${card}`]),
    ...(q === null ? [] : [`search “${q}”`]),
    ...(state === undefined ? [] : [`only clips: ${CLIP_STATE_LABELS[state].toLowerCase()}`]),
    ...(failure_type === null ? [] : [failure_type]),
    ...(folder === null ? [] : [`watch folder ${folder}`]),
  ];
}

function timeOf(milliseconds: number): string {
  const date = new Date(milliseconds);
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}
