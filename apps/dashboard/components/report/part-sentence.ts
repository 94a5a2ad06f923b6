import { FILTERS, FILTER_NAMES } from '@/lib/query/filters.ts';
import type { JobQuery } from '@/lib/query/job-query.ts';

/** What of the day is left out, for who has only the paper; `null` when nothing is. */
export function partSentence(query: JobQuery): string | null {
  const set = FILTER_NAMES.flatMap((name) => {
    const value = name === 'day' || name === 'folder' ? null : query[name];
    return value === null ? [] : `${FILTERS[name].label}: “${value}”`;
  });
  return set.length === 0 ? null : `Only a part of this day. ${set.join(', ')}.`;
}
