import { describe, expect, it } from 'vitest';
import { media, video } from '../../testing/clips.ts';
import { headArguments, needsHead, shortFileArguments } from './head-arguments.ts';
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

  it('of all streams of a short file, which is described in the same call', () => {
    const args = shortFileArguments('/a.mp4');
    expect(args).toEqual(expect.arrayContaining(['-show_streams', '-show_frames', 'file:/a.mp4']));
  });
});
