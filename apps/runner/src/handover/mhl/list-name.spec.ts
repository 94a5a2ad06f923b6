import { expect, it } from 'vitest';
import { listName } from './write-generation.ts';

const NOON = new Date('2026-11-25T12:00:00Z');

it.each([
  ['A001', '0002_A001_2026-11-25_120000Z.mhl'],
  ['a\u001b[1m\nb', '0002_a_[1m_b_2026-11-25_120000Z.mhl'],
  ['🎬'.repeat(60), `0002_${'🎬'.repeat(50)}_2026-11-25_120000Z.mhl`],
])('a list is called after its folder: %j', (folder, name) => {
  expect(listName(2, folder, NOON)).toBe(name);
  expect(Buffer.byteLength(listName(9999, folder, NOON))).toBeLessThanOrEqual(255);
});
