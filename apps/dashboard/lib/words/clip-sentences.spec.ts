import { expect, it } from 'vitest';
import { NO_RUNNER, type RunnerView } from '../index/folder-view.ts';
import type { CardSums, ClipRow } from '../index/clip-row.ts';
import { clipVerdict } from './state-words.ts';
import { cardSentence, clipReason, clipsSentence, missingWords } from './clip-sentences.ts';

it('a clip of a job that no runner works on waits for a runner, and one that waits its turn has no reason', () => {
  const waiting = { status: 'WAITING' } as ClipRow;
  const silent: RunnerView = { ...NO_RUNNER, state: 'silent' };
  expect(clipReason(waiting, silent)).toMatch(/^Queued: no runner/u);
  expect(clipReason(waiting, { ...silent, state: 'running' })).toBeNull();
  const interrupted = { ...waiting, state: 'running' } as ClipRow;
  expect(clipReason(interrupted, silent)).toMatch(/^Interrupted: .* Retry its job/u);
  expect(clipVerdict(interrupted, silent).verdict).toBe('interrupted');
  expect(clipVerdict(waiting, silent).verdict).toBe('waiting');
});

it('what is missing is told in the words of its states', () => {
  const sums = {
    total: 16,
    through: 8,
    failed: 1,
    not_made: 7,
    not_known: 0,
    not_planned: 0,
    waiting: 0,
  };
  expect(missingWords(sums)).toEqual(['1 failed', '7 missing']);
  expect(missingWords({ ...sums, not_made: 7, waiting: 7 })).toEqual(['1 failed', '7 to go']);
  expect(missingWords({ ...sums, not_planned: 2 })).toEqual([
    '1 failed',
    '7 missing',
    '2 not planned',
  ]);
});

it.each<[Partial<CardSums>, string]>([
  [{ through: 12, isOnRecord: true }, 'All 12 clips done.'],
  [{ through: 12 }, '12 of 12 requested.'],
  [{ through: 12, hasPutAside: true }, '12 of 12 clips, others put aside.'],
  [
    { through: 9, failed: 2, not_planned: 1, isOnRecord: true, causes: ['equal_name'] },
    '9 of 12 clips: 2 failed, 1 not planned (two clips have one name).',
  ],
  [
    { total: 24, through: 23, not_made: 1, waiting: 1, isOnRecord: true, isOfSeveralKinds: true },
    '23 of 24 proxies: 1 to go.',
  ],
  [
    { through: 10, not_planned: 2, causes: ['unreadable', 'lost'] },
    "10 of 12 requested: 2 not planned (it can't be read; its job can't be found).",
  ],
])('how far a card came, and whether that is all of it: %#', (sums, sentence) => {
  const none = {
    total: 12,
    through: 0,
    failed: 0,
    not_made: 0,
    not_known: 0,
    not_planned: 0,
    waiting: 0,
  };
  const is = {
    id: 1,
    path: '/A001',
    isOnRecord: false,
    hasPutAside: false,
    isOfSeveralKinds: false,
    causes: [],
  };
  expect(cardSentence({ ...none, ...is, ...sums })).toBe(sentence);
  expect(clipsSentence({ ...none, ...sums })).not.toMatch(/clips|requested/u);
});

it.each([
  [{ failed: 2 }, '2 proxies, 2 failed.'],
  [{ failed: 1, not_made: 1, waiting: 1 }, '0 of 2 proxies done, 1 failed, 1 to go.'],
])('proxies of which none can be done are only counted: %#', (sums, sentence) => {
  const none = { total: 2, through: 0, not_made: 0, not_known: 0, not_planned: 0, waiting: 0 };
  expect(clipsSentence({ ...none, ...sums })).toBe(sentence);
});

it.each<[Partial<ClipRow>, string | null]>([
  [{ status: 'COMPLETED' }, null],
  [{ status: 'UNKNOWN', failure_reason: 'Its result can’t be read.' }, 'Its result can’t be read.'],
  [
    { status: 'NOT_MADE', failure_type: 'RunnerInterrupted', isOfJob: true },
    'Not started: its job failed. The runner was interrupted.',
  ],
  [
    { status: 'NOT_MADE', failure_reason: 'Held back: its job was rejected because of b.mov.' },
    'Held back: its job was rejected because of b.mov.',
  ],
  [{ status: 'FAILED', failure_type: 'MissingSourcesError' }, 'No reason was given.'],
  [{ status: 'FAILED', failure_type: 'RunnerInterrupted' }, 'The runner was interrupted.'],
  [
    { status: 'FAILED', failure_type: 'OutputCollisionError', failure_reason: '/a.mov is there' },
    '/a.mov is there',
  ],
])('a clip that is not there says why: %#', (facts, sentence) => {
  const clip = { failure_type: null, failure_reason: null, ...facts } as ClipRow;
  expect(clipReason(clip)).toBe(sentence);
});
