import type { ClipRow } from '../jobs/clip-row.ts';

/** Which proxy each of these clips is, for those whose source stands there for more than one: without it they look alike. */
export function toldKinds(rows: readonly ClipRow[]): ReadonlyMap<ClipRow, string> {
  const kinds = new Map<string, Set<string | null>>();
  for (const { source_path, kind } of rows)
    kinds.set(source_path, (kinds.get(source_path) ?? new Set()).add(kind));
  return new Map(
    rows.flatMap((row): [ClipRow, string][] => {
      const isOne = kinds.get(row.source_path)?.size === 1;
      return isOne || row.kind === null ? [] : [[row, row.kind]];
    }),
  );
}
