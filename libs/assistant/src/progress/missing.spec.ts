import { describe, expect, it } from 'vitest';
import type { JobAttempt } from '@app/jobspec/ledger';
import type { Clip } from '../plan/examine.ts';
import type { FailedJob } from '../retry/known-jobs.ts';
import { outcomeLines, outcomeOf } from './missing.ts';
import { askedBy } from './own-clips.ts';

const KIND = 'prores_proxy mov half';
const REQUEST = {
  kinds: [{ codec: 'prores_proxy', container: 'mov' }],
  resolution: 'half',
  viewing: null,
} as const;

const attempt = (source: string, state: JobAttempt['state'], fields: Partial<JobAttempt> = {}) => ({
  source,
  state,
  kind: KIND,
  index: 0,
  at: 1,
  output: null,
  cause: null,
  job: `${source.slice(1)}.json`,
  ...fields,
});

const clips = ['/a', '/b', '/c', '/d', '/e'].map((path) => ({ path, medium: '/' }) as Clip);
const failed = [{ name: 'b.json', reason: 'it is cut short' } as FailedJob];
const problems = [
  { path: '/d', kind: 'naming', reason: '/d and /a have one name.' },
  { path: '/b', kind: 'refused', reason: '/b is refused.', isPlanned: true },
] as const;
const outcome = (attempts: ReturnType<typeof attempt>[]) =>
  outcomeOf({ attempts, failed }, { clips, problems }, askedBy({ clips }, REQUEST));

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
      '1 of 5 proxies there; what is missing:',
      '  Failed: /b: it is cut short',
      '  Not planned: /d and /a have one name.',
      '  Not planned: /e: no job of it is known',
      '  Waiting: 1 proxy',
    ]);
  });

  it('is nothing when a later job has made it', () => {
    const made = ['/a', '/b', '/c', '/e'].map((path) =>
      attempt(path, 'made', { at: 2, output: `/p${path}` }),
    );
    const came = outcome([attempt('/b', 'failed'), ...made]);
    expect(came.missing.map(({ source }) => source)).toEqual(['/d']);
    expect(outcomeLines({ made: 4, missing: [] })).toEqual(['All there: 4 proxies.']);
  });
});
