import { describe, expect, it } from 'vitest';
import { dataTrack, media, video } from '../../../testing/clips.ts';
import type { Rational } from '../../media/rational.ts';
import type { TimingPlan } from '../plan/proxy-plan.ts';
import { planTimecode } from './start-timecode.ts';

const R25 = { numerator: 25, denominator: 1 };
const R2997 = { numerator: 30000, denominator: 1001 };
const R5994 = { numerator: 60000, denominator: 1001 };

function timing(sourceRate: Rational, rate = sourceRate): TimingPlan {
  return { mode: 'passthrough', rate, sourceRate, guessedRate: null, variable: false };
}

function plan(timecode: string, times: TimingPlan) {
  const frame = video({ tags: { timecode } });
  return planTimecode(media([frame]), frame, times);
}

describe('where a timecode is found', () => {
  const frame = video();
  const tagged = { tags: { timecode: '10:00:00:00' } };

  it('on a timecode track', () => {
    const clip = media([frame, dataTrack(tagged)]);
    expect(planTimecode(clip, frame, timing(R25)).value).toBe('10:00:00:00');
  });

  it('on the container', () => {
    expect(planTimecode(media([frame], tagged), frame, timing(R25)).value).toBe('10:00:00:00');
  });

  it('nowhere', () => {
    expect(planTimecode(media([frame]), frame, timing(R25))).toEqual({
      value: null,
      warnings: [],
    });
  });

  it('on the picture first, and another one is named', () => {
    const first = video({ tags: { timecode: '01:00:00:00' } });
    const { value, warnings } = planTimecode(media([first], tagged), first, timing(R25));
    expect(value).toBe('01:00:00:00');
    expect(warnings).toEqual([
      'The source has a second start timecode, 10:00:00:00; 01:00:00:00 is used.',
    ]);
  });
});

it('a timecode in parts counts on from its start, with a warning', () => {
  const frame = video({ tags: { timecode: '01:00:00:00' } });
  const { value, warnings } = planTimecode(
    media([frame], { timecodeParts: 2 }),
    frame,
    timing(R25),
  );
  expect([value, warnings.join()]).toEqual(['01:00:00:00', expect.stringContaining('it may jump')]);
});

describe('a timecode that exists is carried', () => {
  it.each([
    ['01:00:00:24', R25, '01:00:00:24'],
    ['01:00:00;00', R2997, '01:00:00;00'],
    ['01:00:00.00', R2997, '01:00:00;00'],
    ['01:01:00;04', R5994, '01:01:00;04'],
    ['01:01:00:00', R2997, '01:01:00:00'],
  ])('%s', (timecode, rate, expected) => {
    expect(plan(timecode, timing(rate))).toEqual({ value: expected, warnings: [] });
  });
});

describe('a timecode that does not exist is left out and named', () => {
  it.each([
    ['01:00:00;00', R25, "drop-frame doesn't exist at 25 frames per second"],
    ['25:00:00:00', R25, 'a day ends at 23:59:59'],
    ['01:00:00:25', R25, 'a second has 25 frames at 25 per second'],
    ['01:01:00;01', R2997, 'drop-frame counting skips this number'],
    ['yesterday', R25, 'it is not a timecode'],
  ])('%s', (timecode, rate, reason) => {
    expect(plan(timecode, timing(rate))).toEqual({
      value: null,
      warnings: [`Start timecode ${timecode} is lost: ${reason}.`],
    });
  });
});

describe('at another rate', () => {
  it.each([
    ['01:00:00:12', timing({ numerator: 24, denominator: 1 }, R25), '01:00:00:12'],
    ['01:00:00:23', timing({ numerator: 24, denominator: 1 }, R25), '01:00:00:23'],
    ['01:00:00:40', timing({ numerator: 50, denominator: 1 }, R25), '01:00:00:20'],
    ['01:00:00;10', timing(R2997, R25), '01:00:00:08'],
    ['01:01:00;04', timing(R5994, R2997), '01:01:00;02'],
  ])('%s keeps the clock and scales the frame', (timecode, times, expected) => {
    const { value, warnings } = plan(timecode, times);
    expect(value).toBe(expected);
    expect(warnings[0]).toContain(`for ${timecode} of the source`);
  });
});

describe('a timecode track that counts more slowly than its frames come', () => {
  const counted = (countRate: string, timecode: string, times: TimingPlan) => {
    const tags = { timecode };
    const frame = video({ tags });
    return planTimecode(media([frame, dataTrack({ tags, countRate })]), frame, times);
  };

  it.each([
    ['25/1', '01:00:00:20', { numerator: 50, denominator: 1 }, '01:00:00:40'],
    ['30000/1001', '01:00:00;20', R5994, '01:00:00;40'],
    ['30000/1001', '01:01:00;02', R5994, '01:01:00;04'],
    ['25/1', '01:00:00:20', { numerator: 100, denominator: 1 }, '01:00:00:80'],
  ])('of %s keeps the moment of %s', (countRate, timecode, rate, expected) => {
    const { value, warnings } = counted(countRate, timecode, timing(rate));
    expect(value).toBe(expected);
    expect(warnings).toEqual([expect.stringContaining(`for ${timecode} of the source`)]);
  });

  it('keeps it at another rate of the proxy, too', () => {
    const halved = timing({ numerator: 50, denominator: 1 }, R25);
    expect(counted('25/1', '01:00:00:20', halved)).toEqual({ value: '01:00:00:20', warnings: [] });
  });

  it.each(['24000/1001', '24/1', '60000/1001'])(
    'is none where it counts another way: %s',
    (countRate) => {
      const { value, warnings } = counted(countRate, '01:00:00:20', timing(R2997));
      expect([value, warnings]).toEqual(['01:00:00:20', []]);
    },
  );
});
