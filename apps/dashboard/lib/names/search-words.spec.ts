import { describe, expect, it } from 'vitest';
import { goneThrough, holdsWord, matchOf, wordsOf } from './search-words.ts';

describe('what a search looks for', () => {
  it.each([
    ['A001C003 ', ['a001c003']],
    [' day03  A001', ['day03', 'a001']],
    ['Cafe\u0301', ['cafe']],
    ['A001-day3', ['a001', 'day3']],
    ['A001_day3 G001-half', ['a001', 'day3', 'g001', 'half']],
    ['M001.json G001C001_h.mp4', ['m001.json', 'g001c001_h.mp4']],
    ['E005C001_w', ['e005c001_w']],
    ['A001 – day 3', ['a001', 'day 3']],
    ['A001—day3', ['a001', 'day3']],
    ['job g-half', ['g-half']],
    ['A001C001_261126_R1AB.mov', ['a001c001_261126_r1ab.mov']],
    ['Card: A001; Day: 3', ['a001', 'day 3']],
    ['job A001-rush', ['a001', 'rush']],
    ['2026-11-26', ['2026-11-26']],
    ['a\tb\na', ['a', 'b']],
    ['A001, day03', ['a001', 'day03']],
    ['A001/day03/', ['a001', 'day03']],
    ['A001 day 3', ['a001', 'day 3']],
    ['a001 3 day', ['a001', '3', 'day']],
    ['shot 2026', ['shot', '2026']],
    ['/media/day 3,', ['/media/day', '3']],
    ['/media/day03/A001,', ['/media/day03/a001']],
    ['Z:\\cards\\A001 x', ['z:\\cards\\a001', 'x']],
    ['   ', []],
    ['card A001 day 3', ['a001', 'day 3']],
    ['Reel UE', ['ue']],
    ['clip C003 - day 3', ['c003', 'day 3']],
    ['card 1', ['card 1']],
    ['A001 card', ['a001', 'card']],
    ['day-3', ['day-3']],
  ])('are the words of %j', (q, words) => {
    expect(wordsOf(q)).toEqual(words);
  });

  it.each([
    [['a001'], '"a001"'],
    [['a001', 'x'], '"a001"'],
    [['say "hi"'], '"say ""hi"""'],
    [['/media/day02/b007/b007c0'], '"/media/day02/b007/" AND "b007/b007c0"'],
    [['b007/b007c0'], '"b007/b007c0"'],
    [['/media/day02/'], '"/media/day02/"'],
    [['c:\\cards\\a\\x.mov'], '"c:\\cards\\a\\" AND "a\\x.mov"'],
  ])('%j is asked for as %s', (words, match) => {
    expect(matchOf(words)).toBe(match);
  });

  it('of one or two characters alone can not be asked for', () => {
    expect(matchOf(['a', '12'])).toBeNull();
  });
});

describe('a word of a search', () => {
  it.each([
    ['day 3', '/media/day3/a001', true],
    ['day 3', '/media/day03/a001', true],
    ['day 3', '/media/day 3/a001', true],
    ['day 03', '/media/day_3/a001', true],
    ['day 3', '/media/day30/a001', false],
    ['day 3', '/media/day13/a001c003.mov', false],
    ['day3', '/media/day30', false],
    ['day03', '/media/day3/', true],
    ['day03', '/media/day31/', false],
    ['day 3', '/media/day3b/', false],
    ['day 3', 'day3', true],
    ['day3', '/media/day3b/', true],
    ['day3', '/media/day13/', false],
    ['day1', '/media/day10/', false],
    ['c03', 'a001c030.mov', false],
    ['a001c03', 'a001c030.mov', false],
    ['a001c03', 'a001c003.mov', true],
    ['prores422', 'prores422hq', true],
    ['日3', '/media/日03/x', true],
    ['日3', '/media/日30/x', false],
    ['二日3', '/media/二日03/x', true],
    ['日3', '/media/二日03/x', true],
    ['3', 'a001c003.mov', true],
    ['3', 'a001c013.mov', false],
    ['3', 'a001c030.mov', false],
    ['01', 'a001', true],
    ['c003', 'ac3', false],
    ['a00', 'a001', true],
    ['ab', 'cabin', true],
    ['day-3', '/media/day03/', true],
    ['day_3', '/media/day 3/', true],
    ['day.03', '/media/day3/', true],
    ['day-3', '/media/day-30/', false],
    ['c3', 'a001c003.mov', true],
    ['c3', 'a001_c03_x.mov', true],
    ['c3', 'a001c030.mov', false],
    ['c3', 'abc3.mov', false],
    ['c03', 'a001c003.mov', true],
    ['m1', 'm001c002.mov', true],
    ['m1', 'm010c002.mov', false],
    ['a1', '/media/a001/', true],
    ['a001c3', 'a001c003.mov', true],
    ['a001c3', 'a001_c003_1231ab.r3d', true],
    ['a001c3', 'a001c030.mov', false],
    ['a001c3', 'a002c003.mov', false],
    ['a001-c003', 'a001c003.mov', true],
    ['a001_c003', 'a001-c003.mov', true],
    ['a001_c003_12', 'a001_c003_1231ab.r3d', true],
    ['a001c003.mov', 'a001c003.mxf', false],
    ['2026-11', '2026-11-26', true],
    ['r2 (b)', 'r2 (b).mov', true],
  ])('%j in %j: %s', (word, text, isFound) => {
    expect(holdsWord(text, word)).toBe(isFound);
  });

  it('with a number is asked for in every way that it may be written', () => {
    const forms = matchOf(['a001', 'day 3']) ?? '';
    expect(forms).toMatch(/^"a001" AND \("day3\/" OR /u);
    for (const form of ['day3/', 'day03.', 'day_003-', 'day 3\n'])
      expect(forms).toContain(`"${form}"`);
    expect(matchOf(['day03'])).toMatch(/^\("day3\/" OR /u);
    for (const form of ['day03/', 'day03b', 'day 3/'])
      expect(matchOf(['day03'])).toContain(`"${form}"`);
    expect(matchOf(['day03'])).not.toContain('"day03"');
    expect(matchOf(['day-3'])).toMatch(/^\("day3\/" OR /u);
    for (const form of ['c3/', 'c03.', 'c003.', 'c003c', 'c0003_'])
      expect(matchOf(['c3'])).toContain(`"${form}"`);
    expect(matchOf(['a001c3'])).toMatch(
      /^\(\(\("a001"\) AND \("c3\/" OR .*\)\) OR "a001c3\/" OR .*"a001c3a" OR .*\)$/su,
    );
    expect(matchOf(['a001-c003'])).toBe('("a001-c003" OR (("a001") AND ("c003")))');
  });

  it('is gone through only where full-text search can not ask for it', () => {
    for (const word of ['a001', 'a001c003', 'day 3', 'day03', 'day-3', 'c3', 'a001c3'])
      expect(goneThrough(word).literal).toBeNull();
    expect(goneThrough('a*')).toEqual({ literal: 'a*', patterns: ['*a[*]*'] });
    expect(goneThrough('03').literal).toBe('3');
    expect(goneThrough('3').patterns).toContain('*[^0-9]003[^0-9]*');
  });
});
