import { FILTER_NAMES, type FilterValues } from './filters.ts';

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
