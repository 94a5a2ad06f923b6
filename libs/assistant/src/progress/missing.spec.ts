import { describe, expect, it } from 'vitest';
import type { AttemptState } from '@app/jobspec/ledger';
import type { KnownAttempt } from '../jobs/known-jobs.ts';
import type { Clip } from '../plan/examine.ts';
import type { PlanRequest } from '../plan/plan-request.ts';
import { lookKeys } from '../../../jobspec/src/result/looks.ts';
import { outcomeLines, outcomeOf } from './missing.ts';

const KIND = 'prores_proxy mov half';
const PRORES = { codec: 'prores_proxy', container: 'mov' } as const;
const REQUEST: PlanRequest = {
  media: ['/'],
  place: { how: 'output', folder: '/p' },
  editor: null,
  kinds: [PRORES],
  resolution: 'half',
  naming: '{source_name}',
  group: 'clip',
  isFlat: false,
  viewing: null,
  checksHashes: false,
  target: { how: 'print' },
};

const attempt = (
  source: string,
  state: AttemptState,
  { failure = 'EngineError', ...fields }: Partial<KnownAttempt> & { failure?: string } = {},
) => {
  const result = { failure_type: failure, failure_reason: 'it is cut short' };
  const job = { name: `${source.slice(1)}.json`, result };
  const none = { kind: KIND, index: 0, at: 1, output: null, cause: null, clip: undefined };
  return { source, state, job, ...none, ...fields } as unknown as KnownAttempt;
};

const clips = ['/a', '/b', '/c', '/d', '/e'].map(
  (path) => ({ path, medium: '/', cdl: null, texts: [] }) as unknown as Clip,
);
const unplanned = [
  { path: '/d', kind: PRORES, reason: '/d and /a have one name.' },
  { path: '/f', kind: PRORES, reason: "/f can't be read." },
];
const outcome = (attempts: KnownAttempt[]) =>
  outcomeOf(attempts, { clips, unplanned, settled: [] }, REQUEST);

describe('what is missing', () => {
  it('is each clip of the plan that has no proxy, with its reason', () => {
    const came = outcome([
      attempt('/a', 'made', { output: '/p/a.mov' }),
      attempt('/b', 'failed'),
      attempt('/c', 'waiting'),
      attempt('/x', 'failed'),
      attempt('/a', 'failed', { kind: 'h264 mp4 half' }),
    ]);
    expect(came.made).toBe(1);
    expect(outcomeLines(came)).toEqual([
      '1 of 6 proxies done. The others:',
      '  Failed: /b: it is cut short',
      '  Not planned: /d and /a have one name.',
      '  Not planned: /e: no job of it is known',
      "  Not planned: /f can't be read.",
      '  Queued: 1 proxy',
      'Run the same command again to go on.',
    ]);
  });

  it('is nothing when a later job has made it, and is what was left out all the same', () => {
    const made = ['/a', '/b', '/c', '/d', '/e'].map((path) =>
      attempt(path, 'made', { at: 2, output: `/p${path}` }),
    );
    const came = outcome([attempt('/b', 'failed'), ...made]);
    expect(came.made).toBe(4);
    expect(came.missing.map(({ source }) => source)).toEqual(['/d', '/f']);
    expect(outcomeLines(came).at(-1)).toContain('Fix what is named above');
    expect(outcomeLines({ ...came, missing: [] })).toEqual(['All 4 proxies done.']);
  });

  it('is nothing that somebody has put aside, or that was made before', () => {
    const settled = [
      { path: '/a', kind: PRORES, how: 'put_aside' },
      { path: '/b', kind: PRORES, how: 'forgotten' },
    ] as const;
    const plan = { clips: clips.slice(0, 3), unplanned: [], settled };
    const came = outcomeOf(
      [attempt('/a', 'failed'), attempt('/c', 'made', { output: '/p/c.mov' })],
      plan,
      REQUEST,
    );
    expect(outcomeLines(came)).toEqual([
      '1 proxy done.',
      '1 proxy put aside.',
      '1 proxy made before: the results were moved away since.',
    ]);
  });

  it('is told for each kind, and a stop is no failure', () => {
    const h264 = { codec: 'h264', container: 'mp4' } as const;
    const request = { ...REQUEST, kinds: [PRORES, h264] };
    const attempts = [
      attempt('/a', 'made', { output: '/p/a.mov' }),
      attempt('/a', 'not_begun', { kind: 'h264 mp4 half', failure: 'RunnerInterrupted' }),
      attempt('/b', 'not_begun'),
    ];
    const plan = { clips: clips.slice(0, 2), unplanned: [], settled: [] };
    expect(outcomeLines(outcomeOf(attempts, plan, request))).toEqual([
      '1 of 4 proxies done. The others:',
      '  Interrupted: /a (h264 mp4): it is cut short',
      '  Missing: /b (prores_proxy mov): it is cut short',
      '  Not planned: /b (h264 mp4): no job of it is known',
      'Run the same command again to go on.',
    ]);
  });

  it('is what was made in another look', () => {
    const texts = [{ text: 'A', at: 'top-left' }] as const;
    const viewing = { range: 'video', becomes: null, corrections: null, texts } as const;
    const look = { cdl: null, lut: null };
    const plan = {
      clips: [{ ...clips[0], look, texts } as unknown as Clip],
      unplanned: [],
      settled: [],
    };
    const request = { ...REQUEST, viewing: { ...viewing, luts: new Map() } };
    const plain = attempt('/a', 'made', { output: '/p/a.mov' });
    expect(outcomeOf([plain], plan, request).made).toBe(0);
    const key = lookKeys({ burn_in: [...texts] })[0] ?? '';
    const own = attempt('/a', 'made', { output: '/p/a.mov', kind: `${KIND} look ${key}` });
    expect(outcomeOf([plain, own], plan, request)).toMatchObject({ made: 1, missing: [] });
  });
});
