import { expect, it } from 'vitest';
import { Inventory } from './inventory.ts';
import type { InventoryClip, InventoryLine } from './inventory-line.ts';
import { unplannedClips } from './unplanned.ts';

const AT = '2026-12-01T08:00:00.000+00:00';
const left = (index: number, given: Partial<InventoryClip> = {}): InventoryClip => ({
  at: AT,
  medium: '/cards/A001',
  path: '/cards/A001/a.mov',
  bytes: 5,
  mtime_ms: 1_700_000_000_000,
  seconds: 2,
  kind: 'h264 mp4',
  look: 'half',
  job: null,
  job_sha256: null,
  cause: 'equal_name',
  reason: `Reason ${index}.`,
  ...given,
});
const ASKED = { job: 'a.json', job_sha256: 'a'.repeat(64), cause: null, reason: null };
const GONE = { at: AT, gone: '/cards/A001/a.mov' };

/** Lines by their number, of which there are so many. */
const SHAPES: Record<string, (index: number, count: number) => InventoryLine> = {
  'one path and kind': (index) => left(index),
  'many kinds of one path': (index) => left(index, { kind: `kind ${index}` }),
  'many kinds of one path, requested': (index) => left(index, { kind: `kind ${index}`, ...ASKED }),
  'a look after another': (index) => left(index, { look: `look ${index}` }),
  'a look after another, requested': (index) => left(index, { look: `look ${index}`, ...ASKED }),
  'kinds that are all replaced': (index, count) =>
    left(index, { kind: `kind ${index % (count / 2)}`, look: `look ${index}` }),
  'gone and back': (index) => (index % 2 ? GONE : left(index, { kind: `kind ${index}` })),
  'one job for all': (index, count) =>
    index === 0
      ? { at: AT, archived: 'a.json', sha256: 'a'.repeat(64), sources: paths(count) }
      : left(index, { path: `/cards/A001/${index}.mov`, ...ASKED }),
};
const paths = (count: number) => Array.from({ length: count }, (_, at) => `/cards/A001/no-${at}`);

/** Properties and elements that are read of lines while they are added and all is asked of them. */
function readsOf(shape: string, count: number): number {
  let reads = 0;
  const get = (target: object, key: PropertyKey): unknown => {
    reads += 1;
    const value: unknown = Reflect.get(target, key, target);
    return Array.isArray(value) ? counted(value) : value;
  };
  const counted = <T extends object>(target: T): T => new Proxy<T>(target, { get });
  const inventory = new Inventory();
  for (let index = 0; index < count; index++) {
    const line = counted(SHAPES[shape]?.(index, count) ?? GONE);
    if ('kind' in line) inventory.replacesLeftOut(line);
    inventory.add(line);
  }
  const { clips } = unplannedClips(inventory, { hasJob: () => false, hasClip: () => false });
  expect(Math.max(0, ...clips.map(({ reason }) => reason.length))).toBeLessThan(1000);
  expect([...inventory.lines()].length).toBeLessThanOrEqual(count);
  return reads;
}

it.each(Object.keys(SHAPES))('takes twice the steps for twice the lines: %s', (shape) => {
  const [few, many] = [readsOf(shape, 200), readsOf(shape, 400)];
  expect(many / few).toBeLessThan(2.3);
});

it('tells eight reasons of a clip, and how many more there are', () => {
  const inventory = new Inventory();
  for (let index = 0; index < 10; index++) inventory.add(left(index, { kind: `kind ${index}` }));
  const [clip] = inventory.leftOut();
  expect(clip?.reason).toMatch(/^Reason 0\. .* Reason 7\. And 2 more reasons\.$/);
});
