import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../proxy/support.ts';
import { matrixCell, REQUESTS, type MatrixCell } from './matrix.ts';
import { SOURCES } from './sources.ts';
import { matrixTable, writeSection } from './table.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const cells: MatrixCell[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(async () => {
  await folder.remove();
  // A run of some sources alone is no matrix.
  const sources = new Set(cells.map(({ source }) => source));
  if (sources.size === SOURCES.length) await writeSection('fidelity', await matrixTable(cells));
});

describe('every source through every codec', () => {
  it.each(SOURCES)('$name', async (source) => {
    const place = join(folder.path, String(SOURCES.indexOf(source)));
    await mkdir(place);
    const input = join(place, source.file);
    await source.make(input);
    const made: MatrixCell[] = [];
    for (const request of REQUESTS) made.push(await matrixCell(source, input, place, request));
    cells.push(...made);
    expect(made.filter(({ outcome }) => outcome === 'differs')).toEqual([]);
  });
});
