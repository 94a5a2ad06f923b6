import { describe, expect, it } from 'vitest';
import type { JobCdl, JobLut } from '../vocabulary/viewing.ts';
import { lookKeys } from './looks.ts';

const CDL: JobCdl = {
  slope: [1.1, 1, 0.9],
  offset: [0, 0, 0.01],
  power: [1, 1, 1],
  saturation: 0.9,
};
const LUT: JobLut = { path: '/show/LogC3_709.cube', sha256: 'ab'.repeat(32) };
const TEXT = { text: '{timecode}', at: 'bottom-left' };
const NAME = { text: '{source_name}', at: 'top-right' };

describe('the keys of looks', () => {
  // They stand in results: with other keys a proxy that was made counts as one that is missing.
  it.each([
    ['nothing', undefined, []],
    ['no look', {}, []],
    ['a CDL', { look: { cdl: [CDL], becomes: 'bt709' } }, ['5048e812e2d2']],
    [
      'a CDL for one of two',
      { look: { cdl: [CDL, null], becomes: 'bt709' } },
      ['5048e812e2d2', ''],
    ],
    ['a LUT', { look: { lut: LUT, lut_range: 'video', becomes: 'bt709' } }, ['fdebcb43c32d']],
    [
      'CDLs and a LUT',
      { look: { cdl: [null, CDL], lut: LUT, lut_range: 'data', becomes: 'bt2020-pq' } },
      ['e2aaf8c118d3', '1703d8eb6a3c'],
    ],
    ['texts', { burn_in: [TEXT, NAME] }, ['b7f64c03f3c1']],
    ['texts in another order', { burn_in: [NAME, TEXT] }, ['b7f64c03f3c1']],
    [
      'a look and a text',
      { look: { cdl: [CDL, null], becomes: 'bt709' }, burn_in: [TEXT] },
      ['828bef2ca497', '228082c6470e'],
    ],
    ['odd values', { look: { cdl: [3], lut: {}, becomes: 7 }, burn_in: [{}, 8] }, ['5b854659cfdd']],
  ])('of %s stay as they are', (_, viewing, keys) => {
    expect(lookKeys(viewing)).toEqual(keys);
  });
});
