import { describe, expect, it } from 'vitest';
import { memoryIndex } from '../../testing/memory-index.ts';
import { NO_FACTS, type ClipStatus, type FoundClip } from '../index/clip-row.ts';
import { JOB_FACTS } from '../index/job-row.ts';
import { clipsOfJob } from './clip-rows.ts';
import { FILTER_NAMES, type FilterName } from './filters.ts';
import { jobReferred } from './job-rows.ts';
import { DEFAULT_QUERY, type JobQuery } from './job-query.ts';
import { needsOf } from './needs.ts';
import { cardsOf, onlyCard, selectClips, viewSentence } from './select-clips.ts';
import { selectPage } from './select-jobs.ts';

const clip = (
  source: string,
  status: ClipStatus,
  when: number,
  more: Partial<FoundClip> = {},
): FoundClip => ({
  ...NO_FACTS,
  kind: 'h264 mp4 half',
  source_path: source,
  output_path: status === 'COMPLETED' ? `/proxies/${source.replaceAll('/', '-')}` : '',
  status,
  when,
  ...more,
});
const job = (base: string, when: number, clips: FoundClip[], more: object = {}) => {
  const isDone = clips.every(({ status }) => status === 'COMPLETED');
  const final_status = isDone ? ('COMPLETED' as const) : ('FAILED' as const);
  const completed_clips = clips.filter(({ status }) => status === 'COMPLETED').length;
  const cause = isDone ? null : 'EngineError';
  const failure = isDone ? {} : { failure_type: 'EngineError' as const };
  return {
    state: isDone ? ('completed' as const) : ('failed' as const),
    base,
    clips,
    facts: {
      when,
      kind: 'h264 mp4 half',
      final_status,
      total_clips: clips.length,
      completed_clips,
      cause,
      ...failure,
      ...more,
    },
  };
};
const A001 = (name: string) => `/media/day03/A001/${name}.mov`;
const at = (iso: string) => new Date(iso).getTime();

/** A card of twelve in two jobs, the later one read first; its clip 4 failed and was made since, its clip 12 is open. A card C001 of another day. */
const index = memoryIndex([
  job('second', at('2026-11-28T23:00'), [
    ...[11, 10, 2, 1].map((number) => clip(A001(`C${number}`), 'COMPLETED', 200)),
    clip(A001('C12'), 'FAILED', 200, {
      failure_type: 'EngineError',
      failure_reason: 'FFmpeg exited with code 1',
    }),
  ]),
  job('first', at('2026-11-27T12:00'), [
    clip(A001('C3'), 'COMPLETED', 100),
    clip(A001('C4'), 'FAILED', 100),
  ]),
  job('retry', at('2026-11-28T12:00'), [clip(A001('C4'), 'COMPLETED', 300)]),
  job(
    'other',
    at('2026-11-28T12:00'),
    [clip('/media/day01/C001/X7.mov', 'COMPLETED', 300, { reel: 'UE' })],
    { execution_engine: 'resolve', job_id: 'deadbeef' },
  ),
  {
    state: 'failed' as const,
    base: 'typo',
    facts: {
      when: at('2026-11-28T12:00'),
      final_status: 'PARTIAL' as const,
      failure_type: 'InvalidJsonError' as const,
      cause: 'InvalidJsonError',
      total_clips: 0,
    },
  },
]);
const view = (query: Partial<JobQuery>) => selectClips(index, { ...DEFAULT_QUERY, ...query });
const names = (query: Partial<JobQuery>) =>
  view(query).rows.map(({ source_path }) => source_path.replace(/^.*\//u, '').replace('.mov', ''));

describe('the clips of a card', () => {
  it('are in the order of their names, numbers as numbers, whatever the index read first', () => {
    expect(names({ card: '/media/day03/A001/' })).toEqual([
      'C1',
      'C2',
      'C3',
      'C4',
      'C10',
      'C11',
      'C12',
    ]);
    expect(names({ card: '/media/day03/A001', page: 2, pageSize: 3 })).toEqual([
      'C4',
      'C10',
      'C11',
    ]);
  });

  it('stand there once, as they are now, however often they were tried', () => {
    expect(view({ q: 'A001' }).sums).toMatchObject({
      total: 7,
      through: 6,
      failed: 1,
      not_made: 0,
    });
    const made = view({}).rows.filter((row) => row.source_path === A001('C4'));
    expect(made).toMatchObject([{ status: 'COMPLETED', job: 'retry.json', now: null }]);
    const first = jobReferred(index, { folder: 'f', state: 'failed', name: 'first.json' });
    expect(first?.clips_open).toBe(0);
    const [, tried] = first === null ? [] : clipsOfJob(index, first);
    expect(tried?.now).toMatchObject({ name: 'retry.json', status: 'COMPLETED' });
  });

  it('are those of the card that is called so, before clips that are', () => {
    expect(names({ q: 'C001' })).toEqual(['X7']);
    expect(names({ q: 'card C001' })).toEqual(['X7']);
    expect(names({ q: 'card C002' })).toEqual([]);
    expect(names({ q: 'C002' })).toEqual(['C2']);
    expect(names({ q: 'C001 day03' })).toEqual(['C1']);
    expect(names({ q: 'C0' })).toEqual([]);
  });

  it('are found by the file of their job', () => {
    expect(names({ q: 'retry.json' })).toEqual(['C4']);
  });

  it('are found by the whole path of a proxy, as it is copied, and by that of its folder', () => {
    const output_path = '/Volumes/RAID_02/Day_03/Proxies for cut/C12_proxy.mov';
    const found = memoryIndex([
      job('a', 1, [clip(A001('C12'), 'COMPLETED', 1, { output_path })]),
      job('b', 1, [clip(A001('C13'), 'COMPLETED', 1)]),
    ]);
    const paths = [output_path, '/Volumes/RAID_02/Day_03/Proxies for cut', A001('C12')];
    for (const q of paths) {
      const { rows } = selectClips(found, { ...DEFAULT_QUERY, q });
      expect(rows.map((row) => row.output_path)).toEqual([output_path]);
      expect(selectPage(found, { ...DEFAULT_QUERY, q }).rows).toMatchObject([{ name: 'a.json' }]);
    }
  });

  it('come card by card, those that need somebody first', () => {
    expect(view({}).first.map(({ path }) => path)).toEqual([
      '/media/day03/A001',
      '/media/day01/C001',
    ]);
  });
});

describe('each filter', () => {
  const cases: Record<FilterName, [value: string, jobs: string[]]> = {
    q: ['ue', ['other']],
    card: ['/media/day01/C001/', ['other']],
    state: ['failed', ['first', 'second', 'typo']],
    standing: ['open', ['second', 'typo']],
    clip_state: ['failed', ['second']],
    failure_type: ['InvalidJsonError', ['typo']],
    cause: ['EngineError', ['first', 'second']],
    folder: ['nowhere', []],
    engine: ['resolve', ['other']],
    day: ['2026-11-27', ['first']],
  };
  it.each(FILTER_NAMES)('%s', (name) => {
    const [value, jobs] = cases[name];
    const { rows } = selectPage(index, {
      ...DEFAULT_QUERY,
      [name]: value,
      sort: 'name',
      order: 'asc',
    });
    expect(rows.map((row) => row.name.replace('.json', ''))).toEqual(jobs);
    expect(view({ [name]: value }).sums.total).toBeGreaterThanOrEqual(0);
  });
});

it('what needs somebody is counted by clips that are open, and a file that nobody could read for itself', () => {
  expect(needsOf(index, 6)).toMatchObject({
    clips: 1,
    reasons: 1,
    ofClips: [
      {
        failed: 1,
        total: 1,
        cards: [{ path: '/media/day03/A001', clips: 1 }],
        latest: { source_path: A001('C12') },
      },
    ],
    jobs: 1,
    ofJobs: [{ name: 'typo.json' }],
  });
});

it('what a reason counts is what its link opens, whatever else failed in the same way', () => {
  const A002 = (number: number) => `/media/day03/A002/C${number}.mov`;
  const failed = { failure_type: 'EngineError' as const };
  const mixed = memoryIndex([
    job('early', 1, [clip(A002(1), 'FAILED', 1, failed)], { cause: '["other"]' }),
    job('A002', 2, [clip(A002(1), 'FAILED', 2, failed), clip(A002(2), 'NOT_MADE', 2)], {
      cause: '["encoder_exited",183]',
    }),
    job('A003', 3, [clip('/media/day03/A003/C1.mov', 'FAILED', 3, failed)], { cause: '["other"]' }),
  ]);
  const needs = needsOf(mixed, 6).ofClips;
  expect(needs.map(({ total, failed: of, not_made }) => [total, of, not_made])).toEqual([
    [2, 1, 1],
    [1, 1, 0],
  ]);
  for (const { cause, total, cards } of needs) {
    const of = { ...DEFAULT_QUERY, clip_state: 'open', cause };
    expect(selectClips(mixed, of)).toMatchObject({ sums: { total }, rows: { length: total } });
    for (const { path, clips } of cards)
      expect(cardsOf(mixed, { ...of, card: path }).sums.total).toBe(clips);
  }
});

it('a reason is told by the clip that has it, not by those that were not reached', () => {
  const [own, other] = ['MissingSourcesError', null].map((type) => ({
    failure_type: type as 'MissingSourcesError' | null,
  }));
  const refused = memoryIndex([
    job('B001', 1, [
      clip('/media/B001/C1.mov', 'NOT_MADE', 1, other),
      clip('/media/B001/C2.mov', 'NOT_MADE', 1, own),
      clip('/media/B001/C3.mov', 'NOT_MADE', 1, other),
    ]),
  ]);
  const [need] = needsOf(refused, 1).ofClips;
  expect(need).toMatchObject({ total: 3, latest: { source_path: '/media/B001/C2.mov' } });
});

describe('clips that lie on a card and were not planned', () => {
  const unplanned = (name: string, cause: string) => ({
    state: 'media' as const,
    base: `${cause} ${name}`,
    clips: [clip(A001(name), 'NOT_PLANNED', 5, { kind: null, failure_reason: 'why' })],
    facts: { when: 5, cause, total_clips: 1 },
  });
  const card = memoryIndex(
    [
      job('made', 1, [clip(A001('C1'), 'COMPLETED', 1)]),
      unplanned('C2', 'equal_name'),
      unplanned('C3', 'no_engine'),
    ],
    ['/media/day03'],
  );
  const all = (query: Partial<JobQuery>) => selectClips(card, { ...DEFAULT_QUERY, ...query });

  it('are counted beside those of its jobs', () => {
    expect(all({ q: 'A001' })).toMatchObject({
      sums: { total: 3, through: 1, not_planned: 2 },
      first: [{ isOnRecord: true, causes: ['equal_name', 'no_engine'] }],
    });
    expect(viewSentence(card, all({}))).toMatch(/^1 of 3 clips: 2 not planned \(/u);
    expect(all({ q: 'C3', clip_state: 'not_planned' }).rows).toMatchObject([
      { status: 'NOT_PLANNED', state: 'media', job: '', failure_reason: 'why' },
    ]);
    expect(selectPage(card, DEFAULT_QUERY)).toMatchObject({
      total: 1,
      rows: [{ name: 'made.json' }],
    });
  });

  it('need somebody, each cause for itself', () => {
    const { clips, ofClips } = needsOf(card, 6);
    expect(clips).toBe(2);
    expect(ofClips.map(({ cause, who }) => [cause, who])).toEqual([
      ['no_engine', 'The facility engineer'],
      ['equal_name', 'The assistant editor'],
    ]);
    expect(all({ clip_state: 'open', cause: 'no_engine' }).sums.total).toBe(1);
  });

  it('may lie on any card that nobody looked through', () => {
    expect(viewSentence(index, view({ card: '/media/day01/C001' }))).toBe('1 of 1 requested.');
    const beside = memoryIndex(
      [job('made', 1, [clip(A001('C1'), 'COMPLETED', 1)])],
      ['/media/day03/A0'],
    );
    expect(viewSentence(beside, selectClips(beside, DEFAULT_QUERY))).toBe('1 of 1 requested.');
  });
});

it('a clip that its job never came to has type and reason of the job', () => {
  const failed = { failure_type: 'RunnerInterrupted' as const, failure_reason: 'Killed.' };
  const killed = memoryIndex([job('B003', 1, [clip(A001('C1'), 'NOT_MADE', 1)], failed)]);
  expect(selectClips(killed, DEFAULT_QUERY).rows).toMatchObject([{ ...failed, isOfJob: true }]);
});

it('how far a card came is said of the whole card only', () => {
  const begins = (query: Partial<JobQuery>) => onlyCard(index, view(query))?.begins;
  expect(begins({ card: '/media/day03/A001' })).toBe('Card');
  expect(begins({ q: 'card A001 day 3' })).toBe('Card');
  expect(begins({ q: 'C4' })).toBe('1 proxy of card');
  expect(begins({ card: '/media/day03/A001', clip_state: 'through' })).toBe('6 proxies of card');
  expect(begins({ card: '/media/day03/A001', day: '2026-11-27' })).toBe('2 proxies of card');
  expect(begins({})).toBeUndefined();
});

describe('a job whose result can not be read', () => {
  const unread = (base: string, source: string, when: number) => ({
    state: 'failed' as const,
    base,
    clips: [clip(source, 'UNKNOWN', when)],
    facts: { when, total_clips: 1, problem: `${base}.result.json is not valid JSON.` },
  });
  const openOf = (jobs: Parameters<typeof memoryIndex>[0], base: string) =>
    jobReferred(memoryIndex(jobs), { folder: 'f', state: 'failed', name: `${base}.json` })
      ?.clips_open;

  it('leaves its clips to somebody: nobody can tell', () => {
    expect(openOf([unread('broken', A001('C1'), 1)], 'broken')).toBe(1);
    const failed = job('failed', 1, [clip(A001('C1'), 'FAILED', 1)]);
    expect(openOf([failed, unread('broken', A001('C1'), 2)], 'failed')).toBe(1);
  });

  it('leaves nothing to do once another made its clips, or will', () => {
    for (const status of ['COMPLETED', 'WAITING', 'RUNNING'] as const) {
      const other = job('other', 2, [clip(A001('C1'), status, 2)]);
      const failed = job('failed', 1, [clip(A001('C1'), 'FAILED', 1)]);
      expect(openOf([failed, other], 'failed')).toBe(0);
    }
    const made = job('made', 2, [clip(A001('C1'), 'COMPLETED', 2)]);
    expect(openOf([unread('broken', A001('C1'), 1), made], 'broken')).toBe(0);
  });
});

it('a job is found with every fact that was stored', () => {
  const facts = Object.fromEntries(JOB_FACTS.map((fact) => [fact, `its ${fact}`]));
  const whole = memoryIndex([job('whole', 1, [], facts)]);
  const place = { folder: 'f', state: 'completed', name: 'whole.json' };
  expect(jobReferred(whole, place)).toMatchObject(facts);
});
