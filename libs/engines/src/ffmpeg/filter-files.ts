import { tableBytes, tableText } from '../look/table-file.ts';
import type { VideoPlan } from '../proxy/plan/proxy-plan.ts';
import { burnInBitmaps } from './burn-in-graph.ts';
import { lookTables } from './look-filters.ts';

/** A file that filters read. Its name follows from what is in it. */
export interface FilterFile {
  /** Absolute. */
  path: string;
  /** Bytes that it has at most. */
  mostBytes: number;
  content: () => Iterable<string | Uint8Array>;
}

/** The tables of a look and the bitmaps of texts that a proxy is made with. */
export function filterFiles({ look, burnIn }: VideoPlan): FilterFile[] {
  const tables = look === null ? [] : lookTables(look);
  const bitmaps = burnIn === null ? [] : burnInBitmaps(burnIn);
  return [
    ...tables.map(({ path, table }) => ({
      path,
      mostBytes: tableBytes(table),
      content: () => tableText(table),
    })),
    ...bitmaps.map(({ path, bytes }) => ({
      path,
      mostBytes: bytes.length,
      content: () => [bytes],
    })),
  ];
}
