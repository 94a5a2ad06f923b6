import { describe, expect, it } from 'vitest';
import { settingsNames, spannedPart } from './clip-files.ts';

describe('a part of a spanned clip', () => {
  it('knows the others by name', () => {
    const spanned = spannedPart('A001_C001_0101AB_002.R3D');
    expect(spanned).toMatchObject({ part: 2, clip: 'A001_C001_0101AB' });
    expect(spanned?.nameOf(1)).toBe('A001_C001_0101AB_001.R3D');
    expect(spannedPart('a_012.r3d')?.nameOf(13)).toBe('a_013.r3d');
  });

  it.each(['A001.R3D', 'A001_002.braw', '_001.R3D', 'A_0002.R3D', 'A_01.R3D'])(
    'is not %s',
    (name) => {
      expect(spannedPart(name)).toBeNull();
    },
  );
});

it.each([
  ['A001.braw', ['A001.sidecar']],
  ['A001_001.R3D', ['A001_001.RMD', 'A001_001.rmd', 'A001.RMD', 'A001.rmd']],
  ['A001.mxf', []],
])('beside %s settings may lie as %j', (name, names) => {
  expect(settingsNames(name)).toEqual(names);
});
