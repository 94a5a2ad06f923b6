import { createElement } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { ClipGroups } from './components/clips/clip-groups.tsx';
import { ClipsHead } from './components/clips/clips-head.tsx';
import { DayReport } from './components/report/day-report.tsx';
import { NoReport } from './components/report/no-report.tsx';
import { ReportHead } from './components/report/report-head.tsx';
import { ReportTable } from './components/report/report-table.tsx';
import { LiveRefresh } from './components/shell/live-refresh.tsx';
import { NO_CLIPS } from './lib/jobs/clip-row.ts';
import type { WatchIndex } from './lib/live/watch-index.ts';
import { DEFAULT_QUERY } from './lib/query/job-query.ts';
import { nothing, said } from './said.ts';

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => {} }) }));
vi.mock('next/link', () => ({
  default: ({ children }: { children: unknown }) => createElement('a', null, children as string),
}));

const row = { folder: 'dailies', name: 'a.json', problem: null, failure_type: null };
const reading = { ...nothing, version: '0', indexing: { done: 5, total: 9 } };

describe('a view of clips', () => {
  const clip = { state: 'completed', when: new Date('2026-11-19T12:00:00').getTime() };
  const sums = { ...NO_CLIPS, total: 1, through: 1 };
  const of = (query: object, rows: object[]) => {
    const view = { sums, isCounted: true, sources: null, rows };
    return said(ClipsHead, {
      index: nothing,
      query: { ...DEFAULT_QUERY, ...query },
      view,
      links: null,
    });
  };

  it('leads to the report of its day, or of the latest day of what it shows', () => {
    const open = { ...clip, state: 'running', when: clip.when + 1e9 };
    expect(of({}, [{ ...clip, when: 0 }, clip, open])).toContain('Report of 2026-11-19');
    expect(of({ day: '2026-11-18' }, [clip])).toContain('Report of 2026-11-18');
  });
});

it('a view of clips of one state says so', () => {
  const view = {
    sums: { ...NO_CLIPS, total: 6, through: 6 },
    isCounted: true,
    sources: null,
    rows: [],
  };
  const props = { index: nothing, view, links: null };
  const query = { ...DEFAULT_QUERY, clip_state: 'not_made' };
  expect(said(ClipsHead, { ...props, query })).toContain('Only clips that are not made: All 6');
  expect(said(ClipsHead, { ...props, query: DEFAULT_QUERY })).not.toContain('Only');
});

describe('a report', () => {
  const of = (query: object, good = 0, toEnd: number | null = null) => {
    const props = {
      index: nothing,
      query: { ...DEFAULT_QUERY, ...query },
      day: '2026-11-26',
      bytes: 0,
      good,
      toEnd,
    };
    const sums = { ...NO_CLIPS, total: 1, through: 1 };
    return said(ReportHead, {
      ...props,
      view: { sums, isCounted: true, sources: null, clipless: 0 },
    });
  };

  it('names every filter that leaves something out', () => {
    expect(of({ folder: 'dailies', day: '2026-11-26' })).not.toContain('Only a part of this day');
    expect(
      of({ q: 'B004', state: 'failed', engine: 'ffmpeg', failure_type: 'EngineError' }),
    ).toContain(
      'Only a part of this day. Clip, card, job or id: “B004”, State: “failed”, Engine: “ffmpeg”, Failure: “EngineError”.',
    );
  });

  it.each([
    [nothing, null, 'No clip was done on this day.'],
    [reading, null, 'No clip of this day is read yet.'],
    [nothing, 'zzz', 'No clip of this day matches.'],
    [reading, 'zzz', 'No clip read so far matches.'],
  ])('says that it is empty, or may be: %#', async (index, q, sentence) => {
    const day = '2026-11-26';
    const query = { ...DEFAULT_QUERY, day, q };
    const report = await DayReport({
      index: index as unknown as WatchIndex,
      query,
      day,
      toEnd: null,
    });
    expect(said(() => report, {})).toContain(sentence);
  });

  it('says that its day is not over, and how many jobs may still end', () => {
    expect(of({})).not.toContain('not over');
    expect(of({}, 0, 0)).toContain('The day is not over.');
    expect(of({}, 0, 1)).toContain(
      'The day is not over: one job runs or waits, and only what has ended stands here.',
    );
    expect(of({}, 0, 12)).toContain(
      'The day is not over: 12 jobs run or wait, and only what has ended stands here.',
    );
    expect(of({}, 1, 0)).toContain('One clip failed first, and was made good since.');
    const view = { sums: NO_CLIPS, isCounted: true, sources: null, clipless: 0 };
    const props = { index: nothing, query: DEFAULT_QUERY, bytes: 0, good: 0, toEnd: 3, view };
    expect(said(ReportHead, { ...props, day: '2999-01-01' })).toContain('This day has not begun.');
  });

  it('says whose proxies its size leaves out', () => {
    const size = (elsewhere: number) => {
      const view = {
        sums: { ...NO_CLIPS, total: 3, through: 3, elsewhere },
        isCounted: true,
        sources: null,
      };
      const props = {
        index: nothing,
        query: DEFAULT_QUERY,
        day: '2026-11-26',
        bytes: 716_000,
        toEnd: null,
      };
      return said(ReportHead, { ...props, good: 0, view: { ...view, clipless: 0 } });
    };
    expect(size(0)).toContain('716 kB of proxies.');
    expect(size(2)).toContain('716 kB of proxies, without those that other jobs decided.');
  });

  it('has the sum of each folder of sources', () => {
    const sums = { ...NO_CLIPS, total: 3, through: 2, failed: 1 };
    const props = { dir: '/card/', rows: [], pictures: new Map() };
    expect(said(ReportTable, { ...props, sums })).toContain('/card/2 of 3 through, 1 failed.');
    expect(said(ReportTable, { ...props, sums: undefined })).not.toContain('through');
  });

  it('says how much failed and was made good before its end', () => {
    expect(of({})).not.toContain('failed first');
    expect(of({}, 1)).toContain('One clip failed first, and was made good before the day ended.');
    expect(of({}, 3)).toContain(
      '3 attempts failed first, and were made good before the day ended.',
    );
  });

  it('is none where the address is not understood', () => {
    expect(said(NoReport, { problems: ['folder is "nope".'] })).toContain(
      'There is no such report.folder is',
    );
  });
});

it('a page without scripts says nothing of a connection', () => {
  expect(said(LiveRefresh, { version: '1' })).toBe('');
});

describe('a contact sheet', () => {
  it('takes no other attempt at a clip for where it stands', () => {
    const file = { output_path: '', output_size_bytes: null, other: null };
    const attempt = { ...row, ...file, state: 'failed' };
    const rows = [
      { ...attempt, job: 'b.json', index: 0, latest: true, status: 'COMPLETED' },
      { ...attempt, job: 'a.json', index: 0, latest: false, status: 'NOT_MADE' },
    ].map((of) => Object.assign(of, { dir: 1, source_path: '/m/a.mov' }));
    const [made] = rows;
    const pictures = new Map([
      [made, { src: '/x', frame: 0, timecode: null, width: 1, height: 1 }],
    ]);
    const view = { rows, groups: new Map() };
    expect(said(ClipGroups, { view, pictures, shown: 'sheet' })).toBe(
      '/m/a.movThroughOther attempts at these clipsa.mov',
    );
  });
});

describe('a clip that stands more than once', () => {
  const file = { output_path: '', output_size_bytes: null, other: null, dir: 1 };
  const clip = { ...row, ...file, state: 'failed' };
  const rows = [
    {
      ...clip,
      job: 'a.json',
      kind: 'hevc mp4',
      is_of_kinds: true,
      source_path: '/m/a.mov',
      status: 'FAILED',
    },
    {
      ...clip,
      job: 'b.json',
      kind: 'vp9 webm',
      is_of_kinds: true,
      source_path: '/m/a.mov',
      status: 'NOT_MADE',
    },
    {
      ...clip,
      job: 'a.json',
      kind: 'hevc mp4',
      is_of_kinds: false,
      source_path: '/m/b.mov',
      status: 'NOT_MADE',
    },
  ].map((of, index) => Object.assign(of, { index, latest: true }));
  const of = (shown: string) =>
    said(ClipGroups, { view: { rows, groups: new Map() }, pictures: new Map(), shown });

  it('says for which proxy', () => {
    expect(of('list')).toMatch(/a\.movhevc mp4.*a\.movvp9 webm.*b\.mov(?!hevc)/u);
    expect(of('sheet')).toMatch(/a\.movFailed hevc mp4.*a\.mov vp9 webmb\.mov/u);
  });
});
