import { describe, expect, it } from 'vitest';
import {
  queueSentence,
  spaceSentence,
  speedSentence,
  timeUnit,
  waitsSentence,
  weekSentence,
} from './pace-sentences.ts';

describe('what the charts say in words', () => {
  it.each([
    [{ hours: [null, null], whole: null }, 'No proxy was made in this time.'],
    [{ hours: [null, 6.4], whole: 6.4 }, '6.4× real time.'],
    [{ hours: [3.2, null, 12.6], whole: 6.42 }, '6.4× real time, from 3.2× to 13× by the hour.'],
  ])('is how fast proxies were made: %j', (speed, sentence) => {
    expect(speedSentence(speed)).toBe(sentence);
  });

  it.each([
    [{ jobs: 0, counts: [0, 0, 0, 0, 0] }, 'No job waits.'],
    [{ jobs: 1, counts: [1, 0, 0, 0, 0] }, '1 job waits, none for an hour.'],
    [{ jobs: 5, counts: [1, 0, 1, 0, 3] }, '5 jobs wait, 3 for an hour or longer.'],
  ])('is how long jobs wait: %j', (queue, sentence) => {
    expect(queueSentence(queue)).toBe(sentence);
  });

  it.each([
    [{ jobs: 0, median: 0, longest: 0 }, 'No job was begun in this time.'],
    [{ jobs: 1, median: 40, longest: 40 }, 'One job waited 40 s.'],
    [
      { jobs: 37, median: 40, longest: 725 },
      'Half of 37 jobs waited less than 40 s, the longest 12 min 05 s.',
    ],
  ])('is how long jobs had waited: %j', (waits, sentence) => {
    expect(waitsSentence({ hours: [], ...waits })).toBe(sentence);
  });

  it('is drawn in a unit whose figures are round', () => {
    expect([90, 1500, 9000].map((seconds) => timeUnit(seconds).name)).toEqual(['s', 'min', 'h']);
  });

  it('is what is free, and how today compares', () => {
    expect(spaceSentence({ free: 412_300_000_000, total: 1e12 })).toBe('412 GB of 1.0 TB free');
    expect(weekSentence(6, 4)).toBe('6 jobs so far, 4 by this hour a week ago.');
    expect(weekSentence(1, 0)).toBe('1 job so far, none by this hour a week ago.');
  });
});
