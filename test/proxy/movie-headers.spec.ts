import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProxyRequest } from '@app/engines';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { clockOf, kindOf, longIn, partsOf } from '../../libs/engines/src/preflight/quicktime.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { failedChecks, makeSource, makeCompared } from './support.ts';

const folder = useTemporaryFolder();
const MOV: ProxyRequest = {
  codec: 'prores_proxy',
  container: 'mov',
  resolution: 'same',
  explicitFps: null,
};
const MP4: ProxyRequest = { ...MOV, codec: 'h264', container: 'mp4' };

const TWO_TRACKS = '-f lavfi -i sine=440:r=48000:d=0.4 -f lavfi -i sine=660:r=48000:d=0.4';
const video = (size: string, rate = '25', frames = 10) =>
  `-f lavfi -i testsrc2=s=${size}:r=${rate},trim=end_frame=${frames}`;
const source = (name: string, ...parts: string[]) => makeSource(join(folder.path, name), ...parts);

/** Path of a proxy that passes all checks. */
async function proxyOf(request: ProxyRequest, path: string): Promise<string> {
  const output = `${path}.${request.codec}.${request.container}`;
  expect(failedChecks(await makeCompared(request, path, output))).toEqual([]);
  return output;
}

/** What the header of a MOV or MP4 says, read without FFmpeg: lengths in seconds, and the flag of each track. */
async function headerOf(path: string) {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const read = async (at: number, length: number) =>
      (await file.read(Buffer.alloc(length), 0, length, at)).buffer;
    const { movie, tracks } = await partsOf(read, size);
    const { scale, length } = clockOf(movie.get('mvhd'));
    return {
      length,
      tracks: tracks.map((parts) => ({
        kind: kindOf(parts),
        isEnabled: (longIn(parts.get('tkhd'), 0) & 1) === 1,
        edit: longIn(parts.get('elst'), 8) / scale,
        media: clockOf(parts.get('mdhd')).length,
      })),
    };
  } finally {
    await file.close();
  }
}

/** A fact by MediaInfo. */
async function factOf(path: string, fact: string): Promise<string> {
  return (await execa('mediainfo', [`--Inform=${fact}`, path])).stdout;
}

describe('audio tracks are enabled as in the source', () => {
  const MAP = '-map 0 -map 1 -map 2 -c:a pcm_s16le';
  const NOTHING = `${MAP} -c:v libx264 -disposition:a:0 0 -disposition:a:1 0`;
  const SECOND_OFF = `${MAP} -c:v libx264 -disposition:a:0 default -disposition:a:1 0`;
  const BOTH = `${MAP} -c:v libx264 -disposition:a:0 default -disposition:a:1 default`;
  it.each([
    ['by an MXF, which marks none', 'marks-none.mxf', `${MAP} -c:v mpeg2video`, [true, true]],
    ['by an AVI, which marks none', 'marks-none.avi', `${MAP} -c:v mjpeg`, [true, true]],
    ['by a Matroska in which none is marked', 'none.mkv', NOTHING, [true, true]],
    ['by a Matroska in which one is marked', 'one.mkv', SECOND_OFF, [true, false]],
    ['by a MOV in which all are', 'all.mov', BOTH, [true, true]],
    ['by a MOV whose second one a camera has disabled', 'one.mov', SECOND_OFF, [true, false]],
  ])('%s', async (_, name, options, enabled) => {
    const path = await source(name, video('320x180'), TWO_TRACKS, options);
    const { tracks } = await headerOf(await proxyOf(name.startsWith('one') ? MP4 : MOV, path));
    const sound = tracks.filter(({ kind }) => kind === 'soun');
    expect(sound.map(({ isEnabled }) => isEnabled)).toEqual(enabled);
  });
});

it('padding of AAC after the end of its track is cut', async () => {
  const tone = '-f lavfi -i sine=440:r=48000:d=0.4 -c:v libx264 -c:a aac';
  const path = await source('padded.mp4', video('320x180'), tone);
  for (const request of [MOV, MP4])
    expect((await headerOf(await proxyOf(request, path))).length).toBe(0.4);
  const mkv = await proxyOf({ ...MP4, container: 'mkv' }, path);
  expect(Number(await factOf(mkv, 'General;%Duration%'))).toBe(400);
});

it.each(['24000/1001', '24', '60000/1001', '25'])(
  'the movie is as long as its video, to the tick: %s',
  async (rate) => {
    const [numerator = 0, denominator = 1] = rate.split('/').map(Number);
    const seconds = (10 * denominator) / numerator;
    const tone = `-f lavfi -i sine=440:r=48000:d=${seconds} -c:v libx264 -c:a pcm_s16le`;
    const name = `${rate.replace('/', '-')}.mov`;
    const path = await source(name, video('320x180', rate), tone, '-timecode 01:00:00:00');
    const request = denominator === 1 ? MOV : MP4;
    const { length, tracks } = await headerOf(await proxyOf(request, path));
    expect(tracks.map(({ kind }) => kind)).toEqual(['vide', 'soun', 'tmcd']);
    const [shown] = tracks;
    expect(shown?.edit).toBeCloseTo(seconds, 9);
    expect(shown?.media).toBeCloseTo(seconds, 9);
    // The end of the audio may be rounded up to a tick.
    expect(length).toBeCloseTo(seconds, 3);
  },
);

it.each([
  ['720x480', '-c:v dvvideo -pix_fmt yuv411p', '30000/1001', 'BT.601 NTSC'],
  ['720x576', '-c:v dvvideo -pix_fmt yuv420p', '25', 'BT.601 PAL'],
  ['640x360', '-c:v libx264', '25', 'BT.709'],
])('untagged colours that are converted get tags: %s', async (size, encoder, rate, primaries) => {
  const path = await source(`untagged-${size}.mov`, video(size, rate), encoder);
  const proxy = await proxyOf({ ...MOV, codec: 'dnxhr' }, path);
  const facts = '%colour_primaries%|%transfer_characteristics%|%matrix_coefficients%';
  expect(await factOf(proxy, `Video;${facts}`)).toBe(`${primaries}|BT.709|BT.709`);
});
