import { describe, expect, it } from 'vitest';
import { media, video } from '../../testing/clips.ts';
import { parseHead } from './head-frames.ts';
import { headOfPackets, headOfShortFile, packetsMayGivePts } from './head-packets.ts';
import type { VideoStream } from './media-info.ts';

describe('a short file', () => {
  const part = (stream: number, type = 'packet') => ({ type, stream_index: stream });
  const of = (count: number, stream: number) => Array.from({ length: count }, () => part(stream));
  const told = (parts: readonly object[]) =>
    headOfShortFile({ packets_and_frames: parts }, video({ index: 1 }));

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
