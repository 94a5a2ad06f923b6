import { describe, expect, it } from 'vitest';
import { overviewSentence } from './overview-sentence.ts';

const NONE = {
  pending: 0,
  running: 0,
  still: 0,
  abandoned: 0,
  completed: 0,
  failed: 0,
  unclear: 0,
  isIndexing: false,
  isAway: false,
};

describe('the overview in a sentence', () => {
  it.each([
    [{ running: 2, pending: 3 }, '2 jobs running, 3 waiting. Nothing has ended today.'],
    [{ running: 1, still: 1 }, '1 job running, without a new frame. Nothing has ended today.'],
    [
      { running: 3, still: 1, pending: 2 },
      '3 jobs running (1 without a new frame), 2 waiting. Nothing has ended today.',
    ],
    [
      { abandoned: 3 },
      'Nothing is running or waiting. 3 jobs in running/ without a runner at work. Nothing has ended today.',
    ],
    [
      { isAway: true },
      'What is running or waiting is not known: a folder can’t be read. Nothing has ended today.',
    ],
    [{ pending: 3 }, 'Nothing is running, 3 jobs waiting. Nothing has ended today.'],
    [{ completed: 4 }, 'Nothing is running or waiting. Today 4 completed, none failed.'],
    [
      { completed: 12, unclear: 16 },
      'Nothing is running or waiting. Today 12 completed, none failed, 16 not known.',
    ],
    [
      { completed: 4, isIndexing: true },
      'Nothing is running or waiting. Today 4 completed, none failed, so far.',
    ],
    [{ isIndexing: true }, 'Nothing is running or waiting. Nothing read so far has ended today.'],
  ])('%j', (totals, sentence) => {
    expect(overviewSentence({ ...NONE, ...totals })).toBe(sentence);
  });
});
