import { describe, expect, it } from 'vitest';
import { hashOf, lastFolderOf, matchOf, splitPath, wordsOf } from './words.ts';

describe('what a search looks for', () => {
  it.each([
    ['A001C003 ', ['a001c003']],
    [' day03  A001', ['day03', 'a001']],
    ['Cafe\u0301', ['café']],
    ['a\tb\na', ['a', 'b']],
    ['   ', []],
  ])('are the words of %j', (q, words) => {
    expect(wordsOf(q)).toEqual(words);
  });

  it.each([
    [['a001'], '"a001"'],
    [['a001', 'x'], '"a001"'],
    [['say "hi"'], '"say ""hi"""'],
    [['/media/day02/b007/b007c0'], '"/media/day02/b007/" "b007/b007c0"'],
    [['b007/b007c0'], '"b007/b007c0"'],
    [['/media/day02/'], '"/media/day02/"'],
    [['c:\\cards\\a\\x.mov'], '"c:\\cards\\a\\" "a\\x.mov"'],
  ])('%j is asked for as %s', (words, match) => {
    expect(matchOf(words)).toBe(match);
  });

  it('of one or two characters alone can not be asked for', () => {
    expect(matchOf(['a', '12'])).toBeNull();
  });
});

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
