import { describe, expect, it } from 'vitest';
import { video } from '../../testing/clips.ts';
import { explicitRate, nominalRate, sourceRate } from './frame-rate.ts';
import { formatRational } from './rational.ts';

describe('the rate of a source', () => {
  it.each([
    ['25/1', '25/1', 250, '25/1', false],
    ['24000/1001', '24000/1001', 240, '24000/1001', false],
    ['19001/317', '19001/317', 240, '60000/1001', false], // Matroska's nanoseconds
    ['25/1', '6250/251', 250, '25/1', false], // the last frame is shown longer
    ['50/1', '25/1', 250, '25/1', false], // fields counted as frames
    ['15/1', '15/1', 150, '15/1', false],
    ['90000/1', '2997/100', 300, '30000/1001', true],
    ['60/1', '93/2', 465, '60/1', true],
    ['30/1', '28/1', 280, '30/1', true],
    ['24/1', '28/1', 280, '30000/1001', true], // the base can't be what the camera was set to
  ])('base %s, average %s over %i frames is %s', (base, average, frames, rate, variable) => {
    const stream = video({ frameRate: base, averageFrameRate: average });
    const found = sourceRate({ ...stream, declaredFrames: frames });
    expect([found && formatRational(found.rate), found?.variable]).toEqual([rate, variable]);
  });

  it('is the base rate of DV, whatever the average of a raw file says', () => {
    const stream = video({ frameRate: '30000/1001', averageFrameRate: '60000/1' });
    const found = sourceRate({ ...stream, codecName: 'dvvideo' });
    expect(found).toEqual({ rate: { numerator: 30000, denominator: 1001 }, variable: false });
  });

  it('is unknown when the file declares none', () => {
    expect(sourceRate(video({ frameRate: null, averageFrameRate: null }))).toBeNull();
  });

  it('is the base rate when there is no average', () => {
    expect(sourceRate(video({ averageFrameRate: null }))?.variable).toBe(false);
  });
});

describe('the rate of pictures that a header is wrong about', () => {
  /** The first pictures on a clock of milliseconds, each rounded down. */
  const head = (framesPerSecond: number, count: number) => ({
    seconds: Array.from(
      { length: count },
      (_, n) => Math.floor((n * 1000) / framesPerSecond) / 1000,
    ),
    firstStored: null,
    topFieldFirst: null,
  });

  it.each<[number, number, string | null, string, boolean]>([
    [30, 30, '60/1', '30/1', true],
    [30_000 / 1001, 48, '60/1', '30000/1001', true],
    [24, 48, '60/1', '24/1', true],
    [240, 48, null, '240/1', false],
    [60, 48, '60/1', '60/1', false],
    [25, 7, '60/1', '60/1', true], // too few to say which
    [25, 2, null, '25/1', false], // but enough where the header says nothing
  ])('%d in %i pictures, average %s', (shown, count, averageFrameRate, rate, variable) => {
    const facts = { frameRate: '60/1', averageFrameRate, tickSeconds: 0.001 };
    const found = sourceRate(video({ ...facts, head: head(shown, count) }));
    expect([found && formatRational(found.rate), found?.variable]).toEqual([rate, variable]);
  });

  it.each([
    [true, 30, false],
    [true, 24, true],
    [false, 30, true],
  ])(
    'counts fields, where they are packets: %s, %i frames',
    (packetsAreFields, shown, variable) => {
      const facts = { frameRate: '60/1', averageFrameRate: '60/1', tickSeconds: 0.001 };
      const found = sourceRate(video({ ...facts, head: { ...head(shown, 48), packetsAreFields } }));
      expect(found).toEqual({ rate: { numerator: shown, denominator: 1 }, variable });
    },
  );
});

describe('the rate of pictures among slots', () => {
  it.each<[string, string, number, readonly number[], string, boolean]>([
    ['30/1', '600/1', 600, [0, 20, 40, 60], '30/1', false],
    ['24000/1001', '600/1', 600, [0, 25, 50, 75, 100, 125], '24000/1001', false],
    ['30/1', '60/1', 60, [0, 2, 4, 6], '30/1', false],
    ['12/1', '600/1', 600, [0, 50, 100], '12/1', false],
    ['20/1', '600/1', 600, [0, 24, 48, 72, 96], '25/1', false], // the base is a guess
    ['25/1', '600/1', 600, [0, 39, 63, 87], '25/1', true],
    ['25/1', '25/1', 25, [0, 1, 3, 4], '25/1', false], // one that is empty on purpose
  ])('base %s, average %s', (base, average, second, slots, rate, variable) => {
    const slotSeconds = slots.map((slot) => slot / second);
    const head = { seconds: [0], firstStored: 0, topFieldFirst: null, slotSeconds };
    const facts = { frameRate: base, averageFrameRate: average, tickSeconds: 1 / second };
    const found = sourceRate(video({ ...facts, head }));
    expect([found && formatRational(found.rate), found?.variable]).toEqual([rate, variable]);
  });
});

it('is that of the codec where most pictures have no time and the others a guess', () => {
  const seconds = [0, Number.NaN, Number.NaN, 0.36, Number.NaN, 0.36];
  const head = { seconds, firstStored: 0, topFieldFirst: null };
  const found = sourceRate(video({ frameRate: '25/3', averageFrameRate: '25/1', head }));
  expect(found).toEqual({ rate: { numerator: 25, denominator: 1 }, variable: false });
});

it.each([
  ['25/1', '25/2'], // names half of it, a usual mistake
  ['50/1', '25/1'], // counts fields
])('is the one that those with a time follow, where many have none: %s, %s', (base, average) => {
  const seconds = Array.from({ length: 16 }, (_, n) => (n % 4 === 1 ? Number.NaN : n / 25));
  const head = { seconds, firstStored: 0, topFieldFirst: null };
  const facts = { frameRate: base, averageFrameRate: average, tickSeconds: 1 / 90_000 };
  expect(sourceRate(video({ ...facts, head }))?.rate).toEqual({ numerator: 25, denominator: 1 });
});

it('is that of film in a stream of fields, whose pictures are shown for three and two of them', () => {
  const field = 1001 / 60_000;
  const seconds = Array.from({ length: 160 }, (_, n) =>
    n % 13 === 0 ? Math.ceil(n * 2.5) * field : Number.NaN,
  );
  const head = { seconds, firstStored: 0, topFieldFirst: null };
  const facts = {
    frameRate: '60000/1001',
    averageFrameRate: '30000/1001',
    tickSeconds: 1 / 90_000,
  };
  const rate = { numerator: 24_000, denominator: 1001 };
  expect(sourceRate(video({ ...facts, head }))).toEqual({ rate, variable: false });
});

describe('a rate that a job sets', () => {
  it.each([
    [23.976, '24000/1001'],
    [23.98, '24000/1001'],
    [23.976023976, '24000/1001'],
    [29.97, '30000/1001'],
    [47.952, '48000/1001'],
    [59.94, '60000/1001'],
    [24, '24/1'],
    [25, '25/1'],
    [30, '30/1'],
    [12.5, '25/2'],
    [29.5, '59/2'],
  ])('%d means exactly %s', (fps, rate) => {
    expect(formatRational(explicitRate(fps))).toBe(rate);
  });
});

it('timecode counts 30 frames in a second of 29.97', () => {
  expect(nominalRate({ numerator: 30000, denominator: 1001 })).toBe(30);
});

it('is that of the slots of an AVI, where a tick is a picture and its codec names another', () => {
  const stream = video({ frameRate: '15000/1001', averageFrameRate: '250000/16701' });
  const found = sourceRate({ ...stream, tickSeconds: 16_701 / 250_000, declaredFrames: 157 });
  expect(found && formatRational(found.rate)).toBe('250000/16701');
});
