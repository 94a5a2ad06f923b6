import { describe, expect, it } from 'vitest';
import { searchOf, searchText } from './search-words.ts';

const finds = (q: string, name: string) =>
  searchOf(q).parts.every((part) => searchText(name).includes(part));

describe('a search', () => {
  it.each([
    ['A001C003', 'A001C003_261128_R1XY.mov'],
    ['a1c3', 'A001_C003.mov'],
    ['A001-C3', 'A001C003.mov'],
    ['day 3', '/media/day03/A001'],
    ['day3', '/media/Day 3/A001'],
    ['day_03', '/media/day03'],
    ['A001 day03', '/media/day03/A001'],
    ['day03,A001', '/media/day03/A001'],
    ['koln', 'Köln.mov'],
    ['interv', 'interview.mov'],
    ['2611', 'A001C003_261128.mov'],
    ['UE', 'reel UE'],
    ['/media/day03/A001', '/media/day03/A001/A001C003.mov'],
    ['"quoted"', 'a "quoted" name'],
  ])('%s finds %s', (q, name) => expect(finds(q, name)).toBe(true));

  it.each([
    ['day 3', '/media/day30'],
    ['C3', 'A001C030.mov'],
    ['A001 3', 'A001C013.mov'],
    ['x', 'xavc.mov'],
    ['A002', 'A001C002.mov'],
  ])('%s does not find %s', (q, name) => expect(finds(q, name)).toBe(false));

  it('asks for a card where that word stands before the name', () => {
    expect(searchOf('card C001 day 3')).toMatchObject({ cards: [' c 1 '], parts: ['day 3 '] });
  });

  it('has no part that is too short for the index', () => {
    for (const q of ['x', '3', 'ab', 'é', '🎬'])
      for (const part of searchOf(q).parts) expect(Array.from(part).length).toBeGreaterThan(2);
  });
});
