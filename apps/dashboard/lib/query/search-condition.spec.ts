import { expect, it } from 'vitest';
import { unmadeClip } from '../reading/found-clip.ts';
import { memoryIndex } from './memory-index.ts';
import { DEFAULT_QUERY } from './job-query.ts';
import { matchingClips } from './matching-clips.ts';
import { selectClips } from './select-clips.ts';
import { selectPage } from './select-jobs.ts';

const job = (base: string, ...sources: string[]) => {
  const clips = clipsOf(sources);
  return { state: 'completed' as const, base, clips };
};
const clipsOf = (sources: readonly string[]) =>
  sources.map((source, at) => unmadeClip(source, at === 3 ? 'FAILED' : 'COMPLETED', 1, null));
const hex = (base: string, job_id: string, ...sources: string[]) => ({
  ...job(base, ...sources),
  facts: { job_id },
});
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
  hex('hex', 'ccb2a1c3', '/x/K00Z.mov', '/x/K010Z.mov'),
  hex('uuid', '0c3bad17-ab17-4c3b-8a3a-7c1fb2d3e4f5', '/x/K00Y.mov'),
  hex('told', 'shot-c3', '/x/K00X.mov'),
  job('日', '/m/日03/カ001C007.mov', '/m/日13/カ001C007.mov'),
  job('many', ...[1, 2, 3, 4].map((at) => `/x/E00${at}.mov`)),
]);

it.each([
  ['A001 day 3', ['one', 'two'], 3],
  ['A001, day3', ['one', 'two'], 3],
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
  ['C3', ['letters', 'one', 'ten', 'told'], 4],
  ['A001 C3 day3', ['one'], 1],
  ['A1 C13', ['ten'], 1],
  ['B2', ['space'], 1],
  ['bad', [], 0],
  ['K00 17', [], 0],
  ['K00 ab', [], 0],
  ['ccb2a1c3', ['hex'], 2],
  ['0c3bad17', ['uuid'], 1],
  ['日3', ['日'], 1],
  ['日03', ['日'], 1],
  ['day1', [], 0],
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
