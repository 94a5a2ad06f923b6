import sql from 'sql-template-tag';
import type { WatchIndex } from '../live/watch-index.ts';
import { VersionedCache } from './versioned-cache.ts';

const remembered = new VersionedCache<string[]>(1);

/** The types of failure that jobs of the index have: readers choose from these. */
export function failuresHere(index: WatchIndex): string[] {
  return remembered.of(index.version, '', () =>
    index
      .ask<{ type: string }>(
        sql`SELECT DISTINCT failure_type AS type FROM job WHERE failure_type IS NOT NULL`,
      )
      .map(({ type }) => type),
  );
}
