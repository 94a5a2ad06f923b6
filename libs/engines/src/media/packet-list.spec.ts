import { describe, expect, it } from 'vitest';
import { audio, media, video } from '../../testing/clips.ts';
import { PacketList } from './packets.ts';

const LIST = [
  '#format: frame checksums',
  '#tb 0: 1/12800',
  '#media_type 0: video',
  '#tb 1: 1/48000',
  '#tb 2: 1/48000',
  '#stream#, dts,        pts, duration,     size, hash',
  '0,      -1024,          0,      512,     7804, 0x5fde8442, S=1,        1, 0x00000001',
  '1,      -1024,      -1024,     1024,      212, 0x42b04efd, F=0x5, S=1,       10, 0x00140004',
  '0,       -512,       1024,      512,      350, 0xc2c0a4d1, F=0x0',
  '1,          0,          0,     1024,      280, 0x0c3f7e4a',
  '0,          0,        512,      512,      120, 0x2d0c3d1a, F=0x0',
  '',
].join('\n');

function listed(startSeconds: number, size = 10_000) {
  const list = new PacketList();
  const bytes = Buffer.from(LIST);
  for (let at = 0; at < bytes.length; at += size) list.take(bytes.subarray(at, at + size));
  const streams = [video(), audio({ index: 1 }), audio({ index: 2 })];
  return [...list.factsFor(media(streams, { startSeconds })).values()];
}

describe.each([1, 7, 10_000])('a list that comes %i bytes at a time', (size) => {
  it('adds up the packets of each stream', () => {
    const [frame] = listed(0, size);
    expect(frame).toMatchObject({
      count: 3,
      shown: 3,
      times: [0, 1024, 512],
      first: 0,
      end: 1536,
      sizes: [7804, 350, 120],
    });
  });

  it('what is hidden only counts', () => {
    const [, audio] = listed(0, size);
    expect(audio).toMatchObject({ count: 2, shown: 1, first: 0, end: 1024, sizes: [280] });
  });
});

it('a stream without packets tells nothing', () => {
  expect(listed(0)[2]).toBeNull();
});

it.each([
  [10.01, 128_128, 480_480],
  [-0.021, -269, -1008],
])('times are those of the file, which begins at %d s', (startSeconds, frame, audio) => {
  const [first, second] = listed(startSeconds);
  expect([first?.times[0], second?.times[0]]).toEqual([frame, audio]);
});
