import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import type { Codec, Container } from '@app/jobspec';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { failedChecks, makeClip, makeCompared } from './support.ts';

const folder = useTemporaryFolder();
const RATE = 48_000;
const HERTZ = [300, 500, 700, 900, 1100, 1300, 1500, 1700];

/** The tone of each channel, by how often its wave rises through zero. */
async function tones(path: string, channels: number): Promise<number[]> {
  const floats = '-map 0:a:0 -ss 0.2 -t 0.5 -c:a pcm_f32le -f f32le pipe:1'.split(' ');
  const decoded = await execa('ffmpeg', ['-v', 'error', '-i', path, ...floats], {
    encoding: 'buffer',
  });
  const bytes = Buffer.from(decoded.stdout);
  const samples = bytes.length / 4 / channels;
  const at = (n: number, channel: number) => bytes.readFloatLE(4 * (n * channels + channel));
  return Array.from({ length: channels }, (_, channel) => {
    let rises = 0;
    for (let n = 1; n < samples; n++) if (at(n - 1, channel) < 0 && at(n, channel) >= 0) rises++;
    return (rises * RATE) / samples;
  });
}

it.each<[channels: number, Codec, Container, layout?: string]>([
  ...[3, 4, 5, 6, 7, 8].map((channels): [number, Codec, Container] => [channels, 'h264', 'mp4']),
  [6, 'prores_proxy', 'mov'],
  [6, 'vp9', 'webm'],
  [7, 'vp9', 'webm', '6.1'],
  [7, 'h264', 'mp4', '6.1'],
  [8, 'h264', 'mp4', '5.1.2'],
])(
  '%i channels are all kept in their order, in %s in %s',
  async (channels, codec, container, layout) => {
    const wanted = HERTZ.slice(0, channels);
    const named = layout === undefined ? '' : `:c=${layout}`;
    const sound = wanted.map((hertz) => `0.2*sin(2*PI*${hertz}*t)`).join('|');
    const clip = await makeClip(
      join(folder.path, `${channels}-${codec}.${layout === undefined ? 'mkv' : 'mov'}`),
      `-f lavfi -i testsrc2=s=320x180:r=25:d=1 -f lavfi -i aevalsrc=${sound}:s=${RATE}:d=1${named}`,
      '-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a pcm_s16le',
    );
    const request = { codec, container, resolution: 'same', explicitFps: null } as const;
    const made = await makeCompared(request, clip, join(folder.path, `${channels}.${container}`));
    expect(failedChecks(made)).toEqual([]);
    const found = await tones(made.output, channels);
    expect(found.map((hertz) => Math.round(hertz / 20) * 20)).toEqual(wanted);
  },
);
