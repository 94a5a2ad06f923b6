import type { ClipRow } from '../jobs/clip-row.ts';

/** Which proxy each of these clips is, for those whose source was asked for as more than one, whichever of them are shown. */
export function toldKinds(rows: readonly ClipRow[]): ReadonlyMap<ClipRow, string> {
  return new Map(
    rows.flatMap((row): [ClipRow, string][] =>
      row.is_of_kinds && row.kind !== null ? [[row, row.kind]] : [],
    ),
  );
}
