import { expect, it } from 'vitest';
import { CardList } from '../../components/clips/card-list.tsx';
import { unmadeClip } from '../reading/found-clip.ts';
import { said } from '../../said.ts';
import { cardsOf } from './cards.ts';
import { DEFAULT_QUERY } from './job-query.ts';
import { memoryIndex } from './memory-index.ts';
import { selectClips } from './select-clips.ts';

const clip = (path: string, status: 'COMPLETED' | 'FAILED') => unmadeClip(path, status, 1, null);
const index = memoryIndex([
  {
    state: 'completed',
    base: 'a',
    clips: [clip('/A001/C001.mov', 'COMPLETED'), clip('/A001/C002.mov', 'COMPLETED')],
  },
  { state: 'failed', base: 'b', clips: [clip('/B002/C001.mov', 'FAILED')] },
]);
const query = { ...DEFAULT_QUERY, pageSize: 1 };
const view = selectClips(index, query);

it('are all folders of a view, those that need somebody first', () => {
  expect(cardsOf(index, view.groups, 5).map(({ path, sums }) => [path, sums.through])).toEqual([
    ['/B002/', 0],
    ['/A001/', 2],
  ]);
  expect(cardsOf(index, view.groups, 1)).toHaveLength(1);
});

it('stand above clips that take more than a page', () => {
  expect(said(CardList, { index, query, view })).toBe(
    '2 folders of sources/B002/0 of 1 through, 1 failed./A001/All 2 through.',
  );
  expect(said(CardList, { index, query: DEFAULT_QUERY, view })).toBe('');
});

it('says how many more there are', () => {
  const one = { ...view.sums, total: 1 };
  const groups = new Map(Array.from({ length: 203 }, (_, dir) => [dir, one]));
  const sums = { ...view.sums, total: 203 };
  expect(
    said(CardList, { index, query, view: { groups, sums, isCounted: true, listed: 500 } }),
  ).toMatch(/^203 folders of sources.*and 3 more: add a word\.$/u);
});

it('are no list where only those of a page are known', () => {
  const sums = { ...view.sums, total: 70_000 };
  expect(said(CardList, { index, query, view: { ...view, sums } })).toBe('');
  expect(said(CardList, { index, query, view: { ...view, isCounted: false } })).toBe('');
});
