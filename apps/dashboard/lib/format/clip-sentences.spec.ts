import { expect, it } from 'vitest';
import { NO_RUNNER, type RunnerView } from '../jobs/folder-view.ts';
import type { ClipRow } from '../jobs/clip-row.ts';
import { clipReason, missingWords } from './clip-sentences.ts';

it('a clip of a job that no runner works on waits for the runner, and one that waits its turn has no reason', () => {
  const waiting = { status: 'WAITING' } as ClipRow;
  const silent: RunnerView = { ...NO_RUNNER, state: 'silent' };
  expect(clipReason(waiting, silent)).toMatch(/^Waiting for the runner/u);
  expect(clipReason(waiting, { ...silent, state: 'running' })).toBeNull();
});

it('what is missing is told in the words of its states', () => {
  const sums = { total: 16, through: 8, failed: 1, not_made: 7, not_known: 0, waiting: 0 };
  expect(missingWords(sums)).toEqual(['1 failed', '7 not made']);
  expect(missingWords({ ...sums, not_made: 7, waiting: 7 })).toEqual(['1 failed', '7 to come']);
});
