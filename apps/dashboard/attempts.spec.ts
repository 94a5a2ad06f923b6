import { createElement } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { ClipLine } from './components/clips/clip-line.tsx';
import { JobOutcome } from './components/job/job-outcome.tsx';
import { NO_OUTCOME, said } from './said.ts';

vi.mock('next/link', () => ({
  default: ({ children }: { children: unknown }) => createElement('a', null, children as string),
}));

const row = { folder: 'dailies', name: 'a.json', problem: null, failure_type: null };

describe('a clip in a list', () => {
  const when = new Date(2026, 10, 26, 12).getTime();
  const other = { folder: 'dailies', state: 'completed', name: 'b.json', index: 0, when };

  it.each([
    [
      { status: 'COMPLETED', latest: true, made_good: true, other },
      'makes good the failure of 26 Nov 2026 in b.json',
    ],
    [{ status: 'FAILED', made_good: true, other }, 'made good on 26 Nov 2026 by b.json'],
    [
      { status: 'FAILED', latest: true, made_good: true, other },
      'made good on 26 Nov 2026 by b.json',
    ],
    [{ status: 'NOT_MADE', made_since: true, other }, 'made since, on 26 Nov 2026 by b.json'],
    [
      { status: 'NOT_MADE', made_before: true, other },
      'made before this, on 26 Nov 2026 by b.json',
    ],
    [{ is_later: true }, 'a later attempt'],
    [{ made_good: false }, 'an earlier attempt'],
  ])('says where it stands among attempts: %j', (of, sentence) => {
    const clip = {
      ...row,
      state: 'failed',
      job: 'a.json',
      index: 0,
      status: 'WAITING',
      latest: false,
      other: null,
      ...of,
    };
    const facts = { source_path: '/m/a.mov', output_path: '', output_size_bytes: null };
    expect(said(ClipLine, { row: { ...clip, ...facts }, poster: null })).toContain(sentence);
  });
});

describe('a failed job', () => {
  const by = { folder: 'dailies', state: 'completed', name: 'b.json' };

  it('says what later jobs made of its clips', () => {
    const all = { ...NO_OUTCOME, open: 0, good: 1, since: 7, jobs: 1, by };
    const told = (of: object) => said(JobOutcome, { outcome: { ...all, ...of } });
    expect(told({})).toBe('Made good since by b.json.');
    expect(told({ jobs: 2 })).toBe('Made good since by b.json and others.');
    expect(told({ good: 0 })).toBe('Made since by b.json.');
    expect(told({ since: 0, before: 7 })).toBe('The proxies had been made before, by b.json.');
    expect(told({ since: 3, before: 4 })).toBe(
      'The proxies are made: some before, the others since, by b.json.',
    );
    expect(told({ since: 4, open: 3 })).toBe(
      'Of 7 clips that it did not make, 4 are made, by b.json.',
    );
    expect(told({ since: 4, open: 3, isOwnUnclear: true })).toBe(
      'Of 7 clips that it asked for, 4 are made, by b.json.',
    );
    expect(told({ since: 0, open: 7 })).toBe('');
    expect(told({ unmade: 0, since: 0 })).toBe('');
  });

  it('says that a job waits or runs which is to make them', () => {
    const retry = { folder: 'dailies', state: 'pending', name: 'c.json', isAtWork: true };
    const all = {
      unmade: 4,
      open: 4,
      good: 0,
      since: 0,
      before: 0,
      jobs: 0,
      by: null,
      retryJobs: 1,
      unclear: 0,
      unclearJobs: 0,
      unclearBy: null,
    };
    const told = (of: object, retried = 4) =>
      said(JobOutcome, { outcome: { ...all, retried, retries: [{ ...retry, ...of }] } });
    expect(told({})).toBe('A retry waits: c.json');
    expect(told({}, 2)).toBe('A retry of 2 of 4 clips waits: c.json');
    expect(told({ state: 'running', isAtWork: true })).toBe('A retry runs: c.json');
    expect(told({ isAtWork: false })).toBe(
      'A retry waits, and no runner is at work on its folder: c.json',
    );
    const two = [retry, { ...retry, name: 'd.json', state: 'running' }];
    expect(said(JobOutcome, { outcome: { ...all, retried: 4, retries: two, retryJobs: 5 } })).toBe(
      '5 retries ask for all clips that are open: c.json waits; d.json runs; and 3 more.',
    );
    const unclearBy = { ...retry, state: 'completed' };
    const unclear = { ...all, retryJobs: 0, retries: [], unclear: 3, unclearJobs: 1, unclearBy };
    expect(said(JobOutcome, { outcome: unclear })).toBe(
      'Whether 3 of 4 clips are made since is not known. See the result of c.json.',
    );
    expect(told({ state: 'running', isAtWork: false })).toBe(
      'A retry lies in running/, and no runner is at work on it: c.json',
    );
  });
});
