import { describe, expect, it } from 'vitest';
import { media, video } from '../../testing/clips.ts';
import {
  headArguments,
  needsHead,
  headOfPackets,
  headOfShortFile,
  isRegular,
  packetsMayGivePts,
  parseHead,
  shortFileArguments,
} from './head-frames.ts';
import type { VideoStream } from './media-info.ts';

const needed = (facts: Partial<VideoStream>, formatName = 'mov,mp4,m4a,3gp,3g2,mj2') =>
  needsHead(media([], { formatName }), video({ codecName: 'prores', ...facts }));

describe('the first pictures are decoded', () => {
  it.each<[string, Partial<VideoStream>, string?]>([
    ['where they are stored in another order', { reorderedFrames: 2 }],
    ['where the header names two rates', { averageFrameRate: '24/1' }],
    ['where it names none', { frameRate: null, averageFrameRate: null }],
    ['where there are fields', { fieldOrder: 'tt' }],
    ['where nothing says whether there are', { fieldOrder: null }, 'mxf'],
    ['where nothing is declared', {}, 'mpegts'],
    ['where slots may be empty', {}, 'avi'],
    ['where phones record', { codecName: 'h264' }],
  ])('%s', (_, facts, format) => {
    expect(needed(facts, format)).toBe(true);
  });

  it('nowhere else', () => {
    expect(needed({})).toBe(false);
    expect(needed({}, 'mxf')).toBe(false);
  });

  it('of one stream, and no more of the file than it takes', () => {
    const args = headArguments('/a.mts', media([]), video({ index: 3 }), 'all').join(' ');
    expect(args).toContain('-select_streams 3 -read_intervals %+#48');
  });
});

describe('a short file', () => {
  const part = (stream: number, type = 'packet') => ({ type, stream_index: stream });
  const of = (count: number, stream: number) => Array.from({ length: count }, () => part(stream));
  const told = (parts: readonly object[]) =>
    headOfShortFile({ packets_and_frames: parts }, video({ index: 1 }));

  it('is described and decoded at once', () => {
    const args = shortFileArguments('/a.mp4');
    expect(args).toEqual(expect.arrayContaining(['-show_streams', '-show_frames', 'file:/a.mp4']));
  });

  it('tells of one stream', () => {
    const parts = [part(0), part(1), part(1, 'frame'), part(0, 'frame')];
    expect(told(parts)).toEqual({ packets_and_frames: [part(1), part(1, 'frame')] });
  });

  it.each([
    ['whose end was not reached', [...of(40, 1), ...of(88, 0)]],
    ['that has more packets than are wanted', of(49, 1)],
    ['that was not decoded', []],
  ])('%s tells nothing', (_, parts) => {
    expect(told(parts)).toBeNull();
  });
});

const CLIP = media([video()]);

describe('the first packets', () => {
  const packet = (pts: string, flags = '___') => ({ type: 'packet', pts_time: pts, flags });
  const key = { type: 'frame', best_effort_timestamp_time: '0', interlaced_frame: 0 };
  const told = (
    times: readonly string[],
    frame: object = key,
    facts: Partial<VideoStream> = {},
  ) => {
    const parts = times.map((time, n) => packet(time, n === 0 ? 'K__' : '___'));
    const clip = video({ tickSeconds: 0.001, reorderedFrames: 1, ...facts });
    const head = headOfPackets({ packets_and_frames: [...parts, frame] }, CLIP, clip);
    return head && parseHead(head, media([clip]))?.seconds;
  };
  const PLAIN = ['0', '0.080', '0.041', '0.120'];

  it('tell when pictures are shown', () => {
    expect(told(PLAIN)).toEqual([0, 0.041, 0.08, 0.12]);
    expect(told(['0', '0.04', '0.08'], key, { reorderedFrames: 0 })).toEqual([0, 0.04, 0.08]);
  });

  it.each<[string, readonly string[], object?]>([
    ['at other distances', ['0', '0.080', '0.040', '0.160']],
    ['in the order of storing, which the codec changes', ['0', '0.04', '0.08']],
    ['before the first', ['0.04', '0', '0.08'], { ...key, best_effort_timestamp_time: '0.04' }],
    ['at no time', ['0', '0.08', 'N/A', '0.12']],
    ['and the first can’t be decoded', PLAIN, { ...key, best_effort_timestamp_time: '0.08' }],
    ['as fields', PLAIN, { ...key, interlaced_frame: 1 }],
    ['and none could be decoded', PLAIN, {}],
  ])('tell nothing where pictures come %s', (_, times, frame) => {
    expect(told(times, frame)).toBeNull();
  });

  it('tell nothing where one is hidden, or the first is no key picture', () => {
    const head = (...flags: string[]) => {
      const parts = flags.map((flag, n) => packet(String(n), flag));
      return headOfPackets({ packets_and_frames: [...parts, key] }, CLIP, video());
    };
    expect(head('K__', '___')).not.toBeNull();
    expect(head('___', '___')).toBeNull();
    expect(head('K__', '_D_')).toBeNull();
  });

  it('are not asked about fields, and not where slots are counted', () => {
    expect(packetsMayGivePts(CLIP, video())).toBe(true);
    expect(packetsMayGivePts(CLIP, video({ fieldOrder: 'tt' }))).toBe(false);
    expect(packetsMayGivePts(media([], { formatName: 'avi' }), video())).toBe(false);
  });
});

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

describe('a rate', () => {
  const head = (...seconds: number[]) => ({ seconds, firstStored: null, topFieldFirst: null });

  it('is kept within a tick of the clock', () => {
    expect(isRegular(head(0.067, 0.1, 0.134, 0.167), 30, 0.001)).toBe(true);
    expect(isRegular(head(0, 0.04, 0.08), 25, 1 / 90_000)).toBe(true);
  });

  it('is not kept by a picture that comes early, late, or not at all', () => {
    expect(isRegular(head(0, 0.04, 0.12), 25, 0.001)).toBe(false);
    expect(isRegular(head(0, 0.036, 0.08), 25, 0.001)).toBe(false);
  });
});
