import type { ClipSums } from '../jobs/clip-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { compareGroups } from './clip-order.ts';

/** A folder of sources, mostly a card, and how far it came. */
export interface Card {
  /** With a slash at its end. */
  path: string;
  sums: ClipSums;
}

/** The folders of a view, those that need somebody first. @param most that are given */
export function cardsOf(
  index: WatchIndex,
  groups: ReadonlyMap<number, ClipSums>,
  most: number,
): Card[] {
  const dirs = [...groups.keys()].toSorted((a, b) => compareGroups(groups, a, b)).slice(0, most);
  const paths = new Map(
    index
      .ask<{ id: number; path: string }>(
        'SELECT id, path FROM dir WHERE id IN (SELECT value FROM json_each(?))',
        JSON.stringify(dirs),
      )
      .map(({ id, path }) => [id, path]),
  );
  return dirs.flatMap((dir) => {
    const [path, sums] = [paths.get(dir), groups.get(dir)];
    return path === undefined || sums === undefined ? [] : { path, sums };
  });
}
