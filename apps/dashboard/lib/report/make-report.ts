import { CLIP_STATE_LABELS, CLIP_STATES } from '../query/clip-states.ts';
import { dayOf, minuteOf, spanOfDay, TIME_ZONE, writtenMinute } from '../query/days.ts';
import { FILTERS } from '../query/filters.ts';
import type { JobQuery } from '../query/job-query.ts';
import { unreadableJobs } from '../query/needs.ts';
import { selectClips } from '../query/select-clips.ts';
import { countJobs } from '../query/select-jobs.ts';
import type { WatchIndex } from '../live/watch-index.ts';
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
  const { day, since, until, card, q } = asked;
  const isOpen = [day, since, until, card, q].every((value) => value === null);
  const query = isOpen ? { ...asked, day: dayOf(now) } : asked;
  const {
    sums,
    first: cards,
    rows: clips,
  } = selectClips(index, { ...query, page: 1, pageSize: MOST });
  return {
    title: title ?? query.folder ?? index.folders.map(({ name }) => name).join(', '),
    span: spanOf(query, now),
    asOf: `${writtenMinute(minuteOf(now))}. Times are those of the server: ${TIME_ZONE}`,
    query,
    sums,
    cards,
    clips,
    isCut: clips.length < sums.total,
    jobs: unreadableJobs(index, query),
    toEnd: query.day !== null && query.day !== dayOf(now) ? 0 : toEnd(index, query),
  };
}

function toEnd(index: WatchIndex, query: JobQuery): number {
  const open = { ...query, day: null, since: null, until: null, clip_state: null };
  const count = (state: string) => countJobs(index, { ...open, state });
  return count('running') + count('pending');
}

/** Of which time it is, and what is left out, for who has only the paper. */
function spanOf(query: JobQuery, now: number): string {
  const { day, since, until, card, q, clip_state, failure_type, cause, folder } = query;
  const state = CLIP_STATES.find((one) => one === clip_state);
  const parts = [
    day && writtenDay(spanOfDay(day).from),
    since && `since ${writtenMinute(since)}`,
    until && `until ${writtenMinute(until)}`,
    [day, since, until].every((time) => time === null) && `until ${writtenDay(now)}`,
    card && `card ${card}`,
    q && `search “${q}”`,
    state && `only clips: ${CLIP_STATE_LABELS[state].toLowerCase()}`,
    failure_type && `only failures: ${FILTERS.failure_type.field.labels[failure_type]}`,
    cause && 'only one reason',
    folder && `watch folder ${folder}`,
  ];
  return parts.filter(Boolean).join(', ');
}
