import type { Condition } from './condition.ts';
import { FILTERS, FILTER_NAMES, type FilterValues } from './filters.ts';

/**
 * The set filters as one condition.
 * @param isWide whether so many jobs are left that going through them in order is quicker than sorting those of their places
 */
export function conditionOf(filters: FilterValues, isWide = false): Condition {
  const place = isWide ? '+job.place' : 'job.place';
  const set = FILTER_NAMES.flatMap((name) => {
    const value = filters[name];
    return value === null ? [] : FILTERS[name].matches(value, place);
  });
  return {
    sql: set.map(({ sql }) => `(${sql})`).join(' AND ') || 'TRUE',
    values: set.flatMap(({ values }) => values),
  };
}

/** Tells one set of filters from another. */
export function keyOf(filters: FilterValues): string {
  return JSON.stringify(FILTER_NAMES.map((name) => filters[name]));
}

/** Whether a view is chosen by folder and state only: the index keeps the sums of those. */
export function isOfPlaces(filters: FilterValues): boolean {
  return FILTER_NAMES.every(
    (name) => name === 'folder' || name === 'state' || filters[name] === null,
  );
}

/** SQL for the places of such a view. */
export const OF_PLACES = '(? IS NULL OR folder = ?) AND (? IS NULL OR state = ?)';

export function placeValues({ folder, state }: FilterValues): (string | null)[] {
  return [folder, folder, state, state];
}
