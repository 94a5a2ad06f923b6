import { BURN_IN_PLACES } from '@app/jobspec';
import { expect, it } from 'vitest';
import { cellFor, hasGlyph, inkOf, boxAt } from './glyphs.ts';

const PICTURES = [
  [1920, 1080, 1, 1],
  [1080, 1920, 1, 1],
  [3840, 2160, 1, 1],
  [1440, 1080, 4, 3],
  [2880, 2160, 2, 1],
  [720, 576, 64, 45],
  [720, 480, 10, 11],
  [640, 1080, 1, 2],
] as const;

it.each(PICTURES)(
  'letters of %i by %i keep their shape in pixels of %i to %i, and every screen shows them',
  (width, height, numerator, denominator) => {
    const picture = { width, height };
    const cell = cellFor(picture, { numerator, denominator });
    const shape = (cell.width * numerator) / denominator / cell.height;
    expect(Math.abs(shape / 0.5 - 1)).toBeLessThan(0.15);
    expect(cell.width % 4).toBe(0);
    expect(cell.height % 4).toBe(0);
    const shorter = Math.min((width * numerator) / denominator, height);
    expect(cell.height).toBeLessThanOrEqual(Math.max(shorter / 22, 16) * 1.5);
    for (const at of BURN_IN_PLACES) {
      const box = boxAt(at, 11, picture, cell);
      const edges = [box.x / width, (width - box.x - box.width) / width];
      const ends = [box.y / height, (height - box.y - box.height) / height];
      expect(Math.min(...edges, ...ends)).toBeGreaterThanOrEqual(0.05);
    }
  },
);

it('a character without a glyph is a box, which no other is', () => {
  const cell = { width: 8, height: 16 };
  expect(['A', 'é', 'Ж', '日', '\u0301'].map(hasGlyph)).toEqual([true, true, true, false, false]);
  const box = inkOf('日', cell);
  expect(inkOf('\u0301', cell)).toEqual(box);
  expect(box.reduce((sum, ink) => sum + ink, 0)).toBe(28);
  expect(inkOf('0', cell)).not.toEqual(box);
});

it('in a larger cell the same shape is as many times as large', () => {
  const [small, large] = [
    inkOf('R', { width: 8, height: 16 }),
    inkOf('R', { width: 24, height: 48 }),
  ];
  const ink = (of: Uint8Array) => of.reduce((sum, one) => sum + one, 0);
  expect(ink(large)).toBe(9 * ink(small));
});
