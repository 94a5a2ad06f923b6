import { expect, it } from 'vitest';
import { NO_RUNNER, type RunnerView } from '../index/folder-view.ts';
import type { JobRow } from '../index/job-row.ts';
import { undecidedSentence } from './sentences.ts';

const AT_WORK: RunnerView = { ...NO_RUNNER, state: 'running' };
const PAUSED: RunnerView = { ...NO_RUNNER, state: 'paused' };

it.each<[JobRow['state'], Partial<RunnerView>, string]>([
  ['pending', AT_WORK, 'It waits for a free worker. Jobs are taken in the order of their names.'],
  [
    'pending',
    { ...AT_WORK, held: 'no space left on /proxies' },
    'It waits. The runner holds some jobs back: no space left on /proxies.',
  ],
  [
    'pending',
    { ...PAUSED, reason: '/media is away' },
    'It waits, because the runner is paused: /media is away',
  ],
  ['pending', PAUSED, 'It waits, because the runner is paused: it gives no reason.'],
  ['pending', NO_RUNNER, 'It waits, but no runner is at work on this folder.'],
  ['running', AT_WORK, 'The runner is at work on it.'],
  ['running', PAUSED, 'The runner is at work on it.'],
  [
    'running',
    NO_RUNNER,
    'Its runner fell silent. The next start of the runner records the job as interrupted.',
  ],
])('a job that is %s says what it waits for: %#', (state, runner, sentence) => {
  const row = { state, problem: null } as JobRow;
  expect(undecidedSentence(row, { ...NO_RUNNER, ...runner }, false)).toBe(sentence);
  expect(undecidedSentence({ ...row, problem: 'It can’t be read.' }, AT_WORK, false)).toBe(
    'It can’t be read.',
  );
  expect(undecidedSentence(row, AT_WORK, true)).toMatch(/^The watch folder can’t be read now/u);
});
