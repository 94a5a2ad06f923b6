import { describe, expect, it } from 'vitest';
import { NO_CLIPS } from '../jobs/clip-row.ts';
import {
  cameThrough,
  clipReason,
  clipsMade,
  clipsSentence,
  viewSentence,
} from './clip-sentences.ts';

describe('what became of clips', () => {
  it.each([
    [{}, 'No clip.'],
    [{ total: 1, through: 1 }, '1 of 1 through.'],
    [{ total: 1200, through: 1200 }, 'All 1,200 through.'],
    [{ total: 20, through: 13, failed: 1, not_made: 6 }, '13 of 20 through, 1 failed, 6 not made.'],
    [{ total: 6, through: 3, not_known: 3 }, '3 of 6 through, 3 not known.'],
    [{ total: 9, through: 2, not_made: 7, waiting: 7 }, '2 of 9 through, 7 to come.'],
  ])('is one sentence: %j', (sums, sentence) => {
    expect(clipsSentence({ ...NO_CLIPS, ...sums })).toBe(sentence);
  });

  it('says how many are decided by attempts that are not shown', () => {
    expect(clipsSentence({ ...NO_CLIPS, total: 1, through: 1, elsewhere: 1 })).toBe(
      '1 of 1 through. Another job decided 1 of these.',
    );
    expect(clipsSentence({ ...NO_CLIPS, total: 6, through: 6, elsewhere: 4 })).toBe(
      'All 6 through. Other jobs decided 4 of these.',
    );
  });

  it('says of how many clips the proxies are, where these are more', () => {
    const view = { sums: { ...NO_CLIPS, total: 8, through: 8 }, isCounted: true };
    expect(viewSentence({ ...view, sources: 5 }, null)).toBe(
      'All 8 through. These are 8 proxies of 5 clips.',
    );
    expect(viewSentence({ ...view, sources: 8 }, null)).toBe('All 8 through.');
    expect(viewSentence({ ...view, sources: null }, null)).toBe('All 8 through.');
  });

  it('has a reason where somebody is needed', () => {
    const nothing = { state: 'failed', failure_type: null, failure_reason: null } as const;
    expect(clipReason({ ...nothing, status: 'NOT_MADE' })).toBe('Its job stopped before it.');
    expect(clipReason({ ...nothing, status: 'NOT_MADE', failure_type: 'RunnerInterrupted' })).toBe(
      'The runner ended when it was this clip’s turn.',
    );
    const failure_reason = 'a.result.json is gone.';
    expect(clipReason({ ...nothing, status: 'UNKNOWN', failure_reason })).toBe(failure_reason);
    expect(clipReason({ ...nothing, status: 'UNKNOWN', state: 'running' })).toBe(
      'No runner works on its job.',
    );
    expect(clipReason({ ...nothing, status: 'COMPLETED' })).toBeNull();
    expect(clipReason({ ...nothing, status: 'FAILED' })).toBe('No reason was given.');
  });
});

it('a job says how many clips it made, and counts none that it failed at', () => {
  const result = { listed: 7, total_clips: 13, completed_clips: 6 };
  expect(clipsMade(result)).toBe('6 of 13 clips made');
  expect(clipsMade({ ...result, listed: 13, completed_clips: 12 })).toBe('12 of 13 clips made');
  expect(clipsMade({ ...result, listed: 13, completed_clips: 13 })).toBe('13 clips');
  expect(clipsMade({ listed: 1, total_clips: 0, completed_clips: 1 })).toBe('1 clip');
  expect([1, 24].map(cameThrough)).toEqual([
    '1 clip that came through',
    '24 clips that came through',
  ]);
});
