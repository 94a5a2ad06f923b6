import { expect, it } from 'vitest';
import { NO_INVENTORY, NO_RUNNER, type FolderView, type RunnerView } from '../index/folder-view.ts';
import type { JobRow } from '../index/job-row.ts';
import { alarmsOf, plainReason, statusSentence } from './sentences.ts';

const AT_WORK: RunnerView = { ...NO_RUNNER, state: 'running' };
const PAUSED: RunnerView = { ...NO_RUNNER, state: 'paused' };

it.each<[JobRow['state'], Partial<RunnerView>, string]>([
  ['pending', AT_WORK, 'Queued for the next free worker, in the order of names.'],
  [
    'pending',
    { ...AT_WORK, held: 'no space left on /proxies' },
    'Queued: some jobs are held back (no space left on /proxies).',
  ],
  [
    'pending',
    { ...PAUSED, reason: '/media is away' },
    'Queued: the runner is paused (/media is away).',
  ],
  ['pending', PAUSED, 'Queued: the runner is paused (it gives no reason).'],
  ['pending', NO_RUNNER, 'Queued: no runner on this folder.'],
  ['running', AT_WORK, 'Running.'],
  ['running', PAUSED, 'Running.'],
  [
    'running',
    NO_RUNNER,
    'The runner stopped responding. When it restarts, this job is marked interrupted.',
  ],
])('a job that is %s says what it waits for: %#', (state, runner, sentence) => {
  const row = { state, problem: null } as JobRow;
  expect(statusSentence(row, { ...NO_RUNNER, ...runner }, false)).toBe(sentence);
  expect(statusSentence({ ...row, problem: 'It can’t be read.' }, AT_WORK, false)).toBe(
    'It can’t be read.',
  );
  expect(statusSentence(row, AT_WORK, true)).toMatch(/^The watch folder can’t be reached/u);
});

it('a damaged clip is of no unsupported format', () => {
  const reason = 'Unsupported format: /a.mov is cut short.';
  expect(plainReason('UnsupportedFormatError', reason)).toBe('/a.mov is cut short.');
});

it('clips in pending/ are told beside what holds up the jobs, and hold up none', () => {
  const counts = { pending: 2, running: 1, completed: 0, failed: 0 };
  const folder = {
    name: 'f',
    path: '/f',
    counts,
    ignored: ['a.mov', 'b.mov'],
  } as unknown as FolderView;
  const rest = { problem: null, followers: [], inventory: NO_INVENTORY };
  const alarms = (runner: RunnerView) => alarmsOf([{ ...folder, ...rest, runner }]);
  expect(alarms(NO_RUNNER).map(({ short }) => short)).toEqual(['no runner', 'clips in pending/']);
  const [first, ...others] = alarms(AT_WORK);
  expect(first?.sentence).toMatch(/^a\.mov and 1 more file in pending\/ are being ignored/u);
  expect(first?.sentence).not.toContain('waiting');
  expect(others).toEqual([]);
});
