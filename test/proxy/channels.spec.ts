import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import type { Codec, Container } from '@app/jobspec';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { failedChecks, makeSource, makeCompared } from './support.ts';

const folder = useTemporaryFolder();
const RATE = 48_000;
const HERTZ = [300, 500, 700, 900, 1100, 1300, 1500, 1700];

interface Track {
  channels: number;
  layout?: string;
}

/** A clip for each kind of track: Matroska names no loudspeakers of these, and MOV does. */
const SOURCES: Record<string, readonly Track[]> = {
  'unnamed.mkv': [3, 4, 5, 6, 7, 8].map((channels) => ({ channels })),
  'named.mov': [
    { channels: 7, layout: '6.1' },
    { channels: 8, layout: '5.1.2' },
  ],
};

function sourceOf(name: string, tracks: readonly Track[]): Promise<string> {
  const sounds = tracks.map(({ channels, layout }) => {
    const waves = HERTZ.slice(0, channels).map((hertz) => `0.2*sin(2*PI*${hertz}*t)`);
    const named = layout === undefined ? '' : `:c=${layout}`;
    return `-f lavfi -i aevalsrc=${waves.join('|')}:s=${RATE}:d=1${named}`;
  });
  return makeSource(
    join(folder.path, name),
    `-f lavfi -i testsrc2=s=320x180:r=25:d=1 ${sounds.join(' ')} -map 0`,
    tracks.map((_, track) => `-map ${track + 1}`).join(' '),
    '-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a pcm_s16le',
  );
}

/** The tone of each channel of each track, by how often its wave rises through zero. */
async function tones(path: string, tracks: readonly Track[]): Promise<number[][]> {
  const floats = '-ss 0.2 -t 0.5 -c:a pcm_f32le -f f32le'.split(' ');
  const raw = tracks.map((_, track) => `${path}.${track}.raw`);
  const outputs = raw.flatMap((file, track) => ['-map', `0:a:${track}`, ...floats, file]);
  await execa('ffmpeg', ['-v', 'error', '-y', '-i', path, ...outputs]);
  return Promise.all(
    tracks.map(async ({ channels }, track) => {
      const bytes = await readFile(raw[track] as string);
      return Array.from({ length: channels }, (_, channel) => tone(bytes, channel, channels));
    }),
  );
}

function tone(bytes: Buffer, channel: number, channels: number): number {
  const samples = bytes.length / 4 / channels;
  const at = (n: number) => bytes.readFloatLE(4 * (n * channels + channel));
  let rises = 0;
  for (let n = 1; n < samples; n++) if (at(n - 1) < 0 && at(n) >= 0) rises++;
  return (rises * RATE) / samples;
}

it.each<[source: keyof typeof SOURCES, Codec, Container]>([
  ['unnamed.mkv', 'h264', 'mp4'],
  ['unnamed.mkv', 'prores_proxy', 'mov'],
  ['unnamed.mkv', 'vp9', 'webm'],
  ['named.mov', 'h264', 'mp4'],
  ['named.mov', 'vp9', 'webm'],
])(
  'all channels of each track are kept in their order: %s, in %s in %s',
  async (source, codec, container) => {
    const tracks = SOURCES[source] ?? [];
    const clip = await sourceOf(source, tracks);
    const request = { codec, container, resolution: 'same', explicitFps: null } as const;
    const made = await makeCompared(request, clip, join(folder.path, `${source}.${container}`));
    expect(failedChecks(made)).toEqual([]);
    const found = await tones(made.output, tracks);
    expect(found.map((track) => track.map((hertz) => Math.round(hertz / 20) * 20))).toEqual(
      tracks.map(({ channels }) => HERTZ.slice(0, channels)),
    );
  },
);
