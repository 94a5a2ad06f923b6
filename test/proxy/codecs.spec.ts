import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProxyRequest } from '@app/engines';
import { CODEC_CONTAINERS, CODECS, type Codec, type Container, forEachName } from '@app/jobspec';
import { GATE, NIGHT, nightUnless } from '../support/night.ts';
import { failedChecks, makeSource, makeProxy, probeJson, temporaryFolder } from './support.ts';

const FRAMES = 12;
const AUDIO: Record<Container, string> = {
  mov: 'pcm_s16le',
  mkv: 'pcm_s16le',
  mxf: 'pcm_s16le',
  mp4: 'aac',
  webm: 'opus',
};
const VIDEO = forEachName<[codec: string, profile: string]>({
  prores_proxy: ['prores', 'Proxy'],
  prores_lt: ['prores', 'LT'],
  prores_standard: ['prores', 'Standard'],
  prores_hq: ['prores', 'HQ'],
  prores_4444: ['prores', '4444'],
  h264: ['h264', 'High'],
  h265: ['hevc', 'Main'],
  dnxhd: ['dnxhd', 'DNXHD'],
  dnxhr: ['dnxhd', 'DNXHR LB'],
  vp9: ['vp9', 'Profile 0'],
  av1: ['av1', 'Main'],
});
const COMBINATIONS = CODECS.flatMap((codec) =>
  CODEC_CONTAINERS[codec].map((container): [Codec, Container] => [codec, container]),
);

/** Each codec and each container once in the gate. */
const isFirst = (codec: Codec, container: Container) => {
  const at = COMBINATIONS.findIndex(([, one]) => one === container);
  return CODEC_CONTAINERS[codec][0] === container || COMBINATIONS[at]?.[0] === codec;
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const sources: Record<string, string> = {};

beforeAll(async () => {
  folder = await temporaryFolder();
  for (const size of ['320x180', '1920x1080']) {
    sources[size] = await makeSource(
      join(folder.path, `A001C003 ${size}.mov`),
      `-f lavfi -i testsrc2=s=${size}:r=25:d=0.48 -f lavfi -i sine=440:r=48000:d=0.48`,
      '-f lavfi -i sine=880:r=48000:d=0.48 -map 0 -map 1 -map 2 -c:v libx264 -preset ultrafast',
      '-pix_fmt yuv420p -c:a pcm_s16le -ac:a:1 2 -metadata:s:a:0 language=fra',
      '-metadata:s:v:0 reel_name=A001C003 -timecode 01:00:00:00',
    );
  }
});
afterAll(() => folder.remove());

describe('every codec in every container it may be put into', () => {
  describe.each(COMBINATIONS)('%s in %s', (codec, container) => {
    it('carries picture, sound and timecode', nightUnless(isFirst(codec, container)), async () => {
      const size = codec === 'dnxhd' ? '1920x1080' : '320x180';
      const output = join(folder.path, `${codec}.${container}`);
      const request = { codec, container, resolution: 'same', explicitFps: null };
      const made = await makeProxy(request, sources[size] ?? '', output);

      const { format, streams } = await probeJson(output);
      const [video, ...rest] = streams;
      const audio = rest.filter((stream) => stream['codec_type'] === 'audio');
      expect([video?.['codec_name'], video?.['profile']]).toEqual(VIDEO[codec]);
      expect(`${video?.['width']}x${video?.['height']}`).toBe(size);
      expect(video?.['r_frame_rate']).toBe('25/1');
      expect(Number(video?.['nb_read_packets'])).toBe(FRAMES);
      expect(audio.map((stream) => stream['codec_name'])).toEqual([
        AUDIO[container],
        AUDIO[container],
      ]);
      expect(audio.map((stream) => stream['channels'])).toEqual([1, 2]);
      expect(audio.map((stream) => stream['sample_rate'])).toEqual(['48000', '48000']);
      expect(Number(format.duration)).toBeCloseTo(0.48, 1);
      expect(tagValues([format, ...streams], 'timecode')).toContain('01:00:00:00');

      expect(failedChecks(made)).toEqual([]);
    });
  });
});

it.each([
  ['mov', ['mdat', 'moov']],
  ['mp4', ['moov', 'mdat']],
] as const)('%s holds its pictures and their index as %j', async (container, order) => {
  const output = join(folder.path, `order.${container}`);
  const request = { codec: 'h264', container, resolution: 'same', explicitFps: null } as const;
  await makeProxy(request, sources['320x180'] ?? '', output);
  const parts = atoms(await readFile(output)).filter((name) => /^m(dat|oov)$/.test(name));
  expect(parts).toEqual(order);
});

/** The outermost atoms of a file whose sizes take 32 bits. */
function atoms(file: Buffer): string[] {
  const names = [];
  for (let at = 0; at < file.length; at += file.readUInt32BE(at))
    names.push(file.toString('latin1', at + 4, at + 8));
  return names;
}

const SCANS = {
  progressive: '',
  interlaced: ',setfield=tff -flags +ildct+ilme -x264-params tff=1',
} as const;

describe.each([
  ['1920x1080', '25', 'progressive', NIGHT],
  ['1920x1080', '25', 'interlaced', NIGHT],
  ['1920x1080', '30000/1001', 'interlaced', GATE],
  ['1440x1080', '25', 'progressive', GATE],
  ['1440x1080', '25', 'interlaced', NIGHT],
  ['1440x1080', '30000/1001', 'interlaced', NIGHT],
  ['1280x720', '50', 'progressive', NIGHT],
  ['960x720', '50', 'progressive', GATE],
] as const)('%s at %s, %s', (size, rate, scan, when) => {
  it('is what DNxHD holds', when, async () => {
    const aspect = /^(1440|960)/.test(size) ? '4/3' : '1';
    const clip = await makeSource(
      join(folder.path, 'raster.mov'),
      `-f lavfi -i testsrc2=s=${size}:r=${rate}:d=0.3 -vf setsar=${aspect}${SCANS[scan]}`,
      '-c:v libx264 -preset ultrafast -qp 10 -pix_fmt yuv420p',
    );
    const request = { codec: 'dnxhd', container: 'mxf', resolution: 'same', explicitFps: null };
    const made = await makeProxy(request as ProxyRequest, clip, join(folder.path, 'raster.mxf'));
    expect(failedChecks(made)).toEqual([]);
    expect(`${made.plan.video.size.width}x${made.plan.video.size.height}`).toBe(size);
  });
});

it.each(['34x24', '48x64'])('a picture of %s becomes HEVC', async (size) => {
  const picture = `-f lavfi -i testsrc2=s=${size}:r=25:d=0.48 -c:v libx264 -pix_fmt yuv420p`;
  const source = await makeSource(join(folder.path, `small ${size}.mov`), picture);
  const request = {
    codec: 'hevc',
    container: 'mkv',
    resolution: 'same',
    explicitFps: null,
  } as const;
  const made = await makeProxy(request, source, join(folder.path, `small ${size}.mkv`));
  expect(failedChecks(made)).toEqual([]);
});

/** A tag of any stream or the container, whatever the case of its key. */
function tagValues(holders: { tags?: Record<string, string> }[], key: string): string[] {
  return holders.flatMap(({ tags }) =>
    Object.entries(tags ?? {}).flatMap(([name, value]) =>
      name.toLowerCase() === key ? [value] : [],
    ),
  );
}
