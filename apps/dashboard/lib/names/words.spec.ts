import { describe, expect, it } from 'vitest';
import { folded, hashOf, lastFolderOf, splitPath } from './words.ts';

describe('a path', () => {
  it.each([
    ['/media/A001/x.mov', '/media/A001/', 'x.mov', 'A001/'],
    ['C:\\cards\\A001\\x.mov', 'C:\\cards\\A001\\', 'x.mov', 'A001\\'],
    ['x.mov', '', 'x.mov', ''],
    ['/x.mov', '/', 'x.mov', '/'],
  ])('%s is a folder and a name', (path, dir, name, last) => {
    expect(splitPath(path)).toEqual({ dir, name });
    expect(lastFolderOf(dir)).toBe(last);
  });

  it('has a number of its own', () => {
    const paths = Array.from(
      { length: 100_000 },
      (_, index) => `/media/A${index}/C${index % 7}.mov`,
    );
    expect(new Set(paths.map(hashOf)).size).toBe(paths.length);
    expect(paths.map(hashOf).every(Number.isSafeInteger)).toBe(true);
  });
});

it.each([
  ['Köln', 'koln'],
  ['Ko\u0308ln', 'koln'],
  ['STRAẞE Straße', 'strasse strasse'],
  ['Café İzmir', 'cafe izmir'],
  ['がぎ 日03', 'がぎ 日03'],
  ['か\u3099', 'が'],
])('a name is compared without case and accents: %s', (name, expected) => {
  expect(folded(name)).toBe(expected);
});
