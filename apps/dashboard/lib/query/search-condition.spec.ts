import { expect, it } from 'vitest';
import { unmadeClip } from '../reading/found-clip.ts';
import { memoryIndex } from './memory-index.ts';
import { DEFAULT_QUERY } from './job-query.ts';
import { matchingClips } from './matching-clips.ts';
import { selectClips } from './select-clips.ts';
import { selectPage } from './select-jobs.ts';

const job = (base: string, ...sources: string[]) => {
  const clips = sources.map((source, at) =>
    unmadeClip(source, at === 3 ? 'FAILED' : 'COMPLETED', 1, null),
  );
  return { state: 'completed' as const, base, clips };
};
const CARD = ['/m/day3/A001/C001.mov', '/m/day3/A001/C003.mov'];
const index = memoryIndex([
  job('one', ...CARD),
  job('two', '/m/day03/A001/C001.mov'),
  job('ten', '/m/day30/A001/C003.mov', '/m/day13/A001/C013.mov'),
  job('space', '/m/Day 3/B002/C007.mov'),
  {
    state: 'completed',
    base: 'reels',
    clips: [
      { ...unmadeClip('/x/F001.mov', 'COMPLETED', 1, null), reel: 'R2 EC' },
      unmadeClip('/x/F002.mov', 'COMPLETED', 1, null),
    ],
  },
  {
    state: 'completed',
    base: 'letters',
    clips: [
      { ...unmadeClip('/x/H007.mov', 'COMPLETED', 1, null), reel: 'UE' },
      unmadeClip('/x/G001_C003_1231AB.mov', 'COMPLETED', 1, null),
    ],
  },
  job('many', ...[1, 2, 3, 4].map((at) => `/x/E00${at}.mov`)),
]);

it.each([
  ['A001 day 3', ['one', 'two'], 3],
  ['A001, day3', ['one', 'ten', 'two'], 4],
  ['A001/day03', ['one', 'two'], 3],
  ['day 03', ['one', 'space', 'two'], 4],
  ['A001 3', ['one', 'ten', 'two'], 4],
  ['A001 13', ['ten'], 1],
  ['r2 f00', ['reels'], 1],
  ['UE', ['letters'], 1],
  ['EC', ['reels'], 1],
  ['reel UE', ['letters'], 1],
  ['card A001 day 3', ['one', 'two'], 3],
  ['day-3', ['one', 'space', 'two'], 4],
  ['day_3 A001', ['one', 'two'], 3],
  ['C3', ['letters', 'one', 'ten'], 3],
  ['A001 C3 day3', ['one', 'ten'], 2],
  ['A1 C13', ['ten'], 1],
  ['G001C3', ['letters'], 1],
  ['G001-C003', ['letters'], 1],
])('finds jobs and clips alike: %j', (q, jobs, clips) => {
  const query = { ...DEFAULT_QUERY, q };
  const found = selectPage(index, query).rows.map(({ name }) => name.replace('.json', ''));
  expect(found.toSorted()).toEqual(jobs);
  expect(selectClips(index, query).listed).toBe(clips);
});

it('names the clip that failed first, of those that a job is found by', () => {
  const [row] = selectPage(index, { ...DEFAULT_QUERY, q: 'E00' }).rows;
  if (row === undefined) throw new Error('no job');
  const { first, total } = matchingClips(index, row, 'E00', 3);
  expect([total, first[0]?.source_path]).toEqual([4, '/x/E004.mov']);
});
