import { describe, expect, it } from 'vitest';
import { media, video } from '../../testing/clips.ts';
import { parseHead } from './head-frames.ts';

const CLIP = media([video()]);

describe('what they tell', () => {
  const frame = (time: string, facts = {}) => ({
    type: 'frame',
    best_effort_timestamp_time: time,
    ...facts,
  });
  const stored = { type: 'packet', dts_time: '0.12', flags: 'K__' };
  const parsed = (frames: readonly object[], clip = CLIP) =>
    parseHead({ packets_and_frames: [stored, ...frames] }, clip);
  const upper = { interlaced_frame: 1, top_field_first: 1 };
  const lower = { interlaced_frame: 1, top_field_first: 0 };

  it('is when they are shown', () => {
    const frames = [frame('N/A'), frame('1.04'), frame('N/A'), frame('1.12')];
    const seconds = [1.04, Number.NaN, 1.12];
    expect(parsed(frames)).toEqual({
      seconds,
      untimedFirst: 1,
      firstStored: null,
      goesBack: false,
      topFieldFirst: null,
      packetsAreFields: false,
      startsUndecodable: false,
    });
  });

  it.each([
    [48, 18],
    [47, 20],
  ])('is not what is shown last, unless the file may end there: of %i packets', (count, known) => {
    const frames = Array.from({ length: 20 }, (_, n) => frame(String(n)));
    const packets = Array.from({ length: count }, () => stored);
    const reordered = media([video({ reorderedFrames: 2 })]);
    const head = parseHead({ packets_and_frames: [...packets, ...frames] }, reordered);
    expect(head?.seconds).toHaveLength(known);
  });

  it('is nothing when none can be decoded', () => {
    expect(parsed([])).toBeNull();
    expect(parseHead(null, CLIP)).toBeNull();
  });

  it('is no time where the container only counts pictures', () => {
    const frames = [frame('0.08', upper), frame('0.04', upper)];
    const counted = media([video()], { formatName: 'mxf' });
    expect(parsed(frames, counted)).toEqual({
      seconds: [],
      firstStored: null,
      goesBack: false,
      topFieldFirst: true,
      packetsAreFields: false,
      startsUndecodable: false,
    });
  });

  it('is how large they are, where their codec knows better than the container', () => {
    const frames = [frame('0', { width: 320, height: 240 })];
    const parse = (codecName: string) => parsed(frames, media([video({ codecName })]))?.size;
    expect(parse('av1')).toEqual({ width: 320, height: 240 });
    expect(parse('h264')).toBeUndefined();
  });

  it('is whether each packet is a field, from the first frame that can be decoded on', () => {
    const packets = (times: readonly number[]) =>
      times.map((time) => ({ type: 'packet', pts_time: String(time), flags: '___' }));
    const frames = [4, 5, 6].map((time) => frame(String(time), upper));
    const told = (times: readonly number[], shown = frames) =>
      parseHead({ packets_and_frames: [...packets(times), ...shown] }, CLIP)?.packetsAreFields;
    expect(told([4, 4.5, 5, 5.5, 6, 6.5])).toBe(true);
    expect(told([1, 2, 3, 4, 5, 6])).toBe(false);
    const progressive = [4, 5, 6].map((time) => frame(String(time)));
    expect(told([4, 4.5, 5, 5.5, 6, 6.5], progressive)).toBe(false);
  });

  it('is whether others are due before the first that can be decoded, or with it', () => {
    const told = (times: readonly number[], format = 'matroska,webm') => {
      const packets = times.map((time) => ({ type: 'packet', pts_time: String(time), flags: '_' }));
      const parts = [...packets, frame('4'), frame('5')];
      return parseHead({ packets_and_frames: parts }, media([video()], { formatName: format }))
        ?.startsUndecodable;
    };
    expect(told([4, 5])).toBe(false);
    expect(told([4, 3, 5])).toBe(true);
    expect(told([4, 4, 5])).toBe(true);
    expect(told([4, 3, 5], 'mxf')).toBe(false);
  });

  it.each([
    [['0.04', '0.12', '0.08'], true],
    [['0.04', '0.04'], true],
    [['0.04', '0.08'], false],
  ])('is whether times go back, by those of the frames: %s', (times, goesBack) => {
    const frames = times.map((time) => frame('9', { pts_time: time }));
    expect(parsed(frames)?.goesBack).toBe(goesBack);
  });

  it.each([
    [null, 1.5, '2/3'],
    ['25/1', 1.5, undefined],
    [null, 11, undefined],
    [null, null, undefined],
  ])('is the rate of the only picture: %s, %s s', (averageFrameRate, durationSeconds, rate) => {
    const alone = media([video({ averageFrameRate })], { durationSeconds });
    expect(parsed([frame('0')], alone)?.singleFrameRate).toEqual(rate);
  });

  it('is the rate of the only picture, by its packet first', () => {
    const alone = media([video({ averageFrameRate: null })], { durationSeconds: 2 });
    const parts = [{ ...stored, duration_time: '0.04' }, frame('0')];
    expect(parseHead({ packets_and_frames: parts }, alone)?.singleFrameRate).toBe('25/1');
  });

  it('is the first time alone where slots may be empty', () => {
    const slots = media([video()], { formatName: 'avi' });
    const frames = [frame('0.20'), frame('0.24'), frame('0.40')];
    expect(parsed(frames, slots)).toMatchObject({ seconds: [0.2], firstStored: 0.12 });
  });

  it.each([
    [[upper, upper], true],
    [[lower, lower], false],
    [[upper, lower], null],
    [[upper, {}], null],
  ])('is which field comes first, where all agree: %j', (facts, expected) => {
    const frames = facts.map((one) => frame('0', one));
    expect(parsed(frames)?.topFieldFirst).toBe(expected);
  });
});
