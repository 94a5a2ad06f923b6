import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { NO_CLIPS } from '@/lib/jobs/clip-row.ts';
import { DEFAULT_QUERY } from '@/lib/query/job-query.ts';
import { DayReport } from './day-report.tsx';

const shown = vi.hoisted(() => ({ clips: 0 }));
vi.mock('@/lib/query/report-clips.ts', () => ({
  firstClips: () => Array.from({ length: shown.clips }, () => ({ output_size_bytes: 1 })),
  groupsOf: () => [],
  isMadeGood: () => false,
}));
vi.mock('@/lib/query/shown-pictures.ts', () => ({ posters: () => new Map() }));
vi.mock('@/lib/query/select-clips.ts', () => ({
  selectClips: () => ({ sums: { ...NO_CLIPS, total: 6000, through: 6000 }, clipless: 0 }),
}));

it.each([
  [5000, true],
  [4999, false],
])('a report says that it has not all of the clips: %i', async (clips, isSaid) => {
  shown.clips = clips;
  const index = { folders: [], indexing: null } as unknown as WatchIndex;
  const query = { ...DEFAULT_QUERY, day: '2026-11-26' };
  const report = renderToStaticMarkup(
    await DayReport({ index, query, day: '2026-11-26', toEnd: null }),
  );
  const text = report.replaceAll(/<[^>]+>/gu, '');
  expect(
    text.includes('Only the first 5,000 clips stand here. Exports of the list have all clips.'),
  ).toBe(isSaid);
});
