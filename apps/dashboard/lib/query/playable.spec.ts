import { describe, expect, it } from 'vitest';
import type { ReadClip } from '../reading/narrow-result.ts';
import { playableOf } from './playable.ts';

const reference = { folder: 'dailies', state: 'completed', name: 'a.json' };
const play = (path: string, codec: string) =>
  playableOf(['/proxies'], reference, 1, {
    status: 'COMPLETED',
    resolved_output_path: path,
    verification: [{ check: 'video_codec', expected: codec, actual: codec, passed: true }],
  } as unknown as ReadClip);

describe('a proxy on the page of its job', () => {
  it('plays, and says what may keep it from that', () => {
    const src = '/media/dailies/completed/a.json/0';
    expect(play('/proxies/a.mp4', 'h264')).toEqual({ src, note: null });
    expect(play('/proxies/a.mov', 'hevc')).toEqual({ src, note: 'Not every browser plays HEVC.' });
  });

  it('says why it does not', () => {
    expect(play('/proxies/a.mxf', 'h264')).toEqual({
      src: null,
      note: 'Browsers play proxies in MP4 and MOV files only.',
    });
  });
});
