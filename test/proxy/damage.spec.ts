import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceDamage } from '@app/engines';
import {
  describeFile,
  failedChecks,
  makeClip,
  makeProxy,
  planned,
  probeJson,
  temporaryFolder,
} from './support.ts';

const FRAMES = 50;
const PICTURE = `-f lavfi -i testsrc2=s=320x180:r=25,trim=end_frame=${FRAMES} -f lavfi -i sine=440:d=2`;
const LONG_GOP = '-c:v libx264 -preset veryfast -g 25';

/** Every container, with its index first and last where it has a choice. */
const SOURCES: [file: string, encoding: string][] = [
  ['index-last.mov', `${LONG_GOP} -c:a pcm_s16le`],
  ['index-first.mp4', `${LONG_GOP} -c:a aac -movflags +faststart`],
  ['prores.mov', '-c:v prores_ks -profile:v proxy -c:a pcm_s16le -movflags +faststart'],
  ['mpeg2.mxf', '-c:v mpeg2video -b:v 3M -g 12 -bf 2 -c:a pcm_s16le -ar 48000'],
  ['clip.mkv', `${LONG_GOP} -c:a flac`],
  ['clip.ts', `${LONG_GOP} -c:a mp2`],
  ['clip.avi', '-c:v mpeg4 -q:v 4 -c:a pcm_s16le'],
];

const DAMAGES: Record<string, (bytes: Buffer) => Buffer> = {
  'cut at 10 %': (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.1)),
  'cut at 50 %': (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.5)),
  'cut at 99 %': (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.99)),
  'noise in the middle': (bytes) => overwritten(bytes, (position) => (position * 7919 + 13) % 251),
  'zeros in the middle': (bytes) => overwritten(bytes, () => 0),
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const healthy: Record<string, Buffer> = {};

beforeAll(async () => {
  folder = await temporaryFolder();
  for (const [file, encoding] of SOURCES) {
    healthy[file] = await readFile(await makeClip(join(folder.path, file), PICTURE, encoding));
  }
});
afterAll(() => folder.remove());

describe.each(SOURCES)('%s', (file) => {
  it('is healthy: no alarm', async () => {
    expect(await verdict(join(folder.path, file))).toEqual([]);
  });

  it.each(Object.keys(DAMAGES))('%s is no success, unless every frame is there', async (damage) => {
    const path = join(folder.path, `damaged ${damage.replaceAll(/\W/g, '')} ${file}`);
    const bytes = DAMAGES[damage]?.(healthy[file] ?? Buffer.alloc(0)) ?? Buffer.alloc(0);
    await writeFile(path, bytes);
    const problems = await verdict(path);
    if (problems.length > 0) return;
    const { streams } = await probeJson(`${path}.proxy.mov`);
    expect(Number(streams[0]?.['nb_read_packets'])).toBe(FRAMES);
    expect(Number(streams[1]?.['duration'])).toBeCloseTo(2, 1);
  });
});

describe('what only decoding shows', () => {
  it('every second frame that can not be decoded is no success', async () => {
    const bytes = Buffer.from(healthy['prores.mov'] ?? []);
    let at = bytes.indexOf('icpf');
    for (let frame = 0; at >= 0; frame += 1) {
      // After the frame's name comes its header, whose length decides how the rest is read.
      if (frame % 2 === 1) bytes.writeUInt16BE(0xffff, at + 4);
      at = bytes.indexOf('icpf', at + 4);
    }
    const path = join(folder.path, 'undecodable.mov');
    await writeFile(path, bytes);
    expect(await verdict(path)).not.toEqual([]);
  });

  it('an encrypted clip is no success', async () => {
    const path = await makeClip(
      join(folder.path, 'encrypted.mp4'),
      PICTURE,
      `${LONG_GOP} -c:a aac -encryption_scheme cenc-aes-ctr`,
      '-encryption_key 76a6c65c5ea762046bd749a2e632ccbb -encryption_kid a7e61c373e219033c21091fa607bf3b8',
    );
    expect(await verdict(path)).not.toEqual([]);
  });

  it('sound that ends before its header says is no success', async () => {
    const whole = join(folder.path, 'clip.avi');
    const source = await describeFile(whole);
    const long = {
      ...source,
      streams: source.streams.map((stream) =>
        stream.kind === 'audio' ? Object.assign({}, stream, { durationSeconds: 2.5 }) : stream,
      ),
    };
    const request = { codec: 'prores_proxy', container: 'mov', resolution: 'half' } as const;
    const made = await makeProxy({ ...request, explicitFps: null }, whole, `${whole}.short.mov`);
    const plan = planned({ ...request, explicitFps: null }, long);
    expect(failedChecks({ ...made, plan }).join()).toContain('audio_durations_seconds');
  });
});

/** Everything that the product would hold against a clip, in the order in which it looks. */
async function verdict(path: string): Promise<string[]> {
  try {
    const source = await describeFile(path);
    const damage = await damageOf(path, source.formatName);
    if (damage) return [damage];
    const request = { codec: 'prores_proxy', container: 'mov', resolution: 'half' } as const;
    const made = await makeProxy({ ...request, explicitFps: null }, path, `${path}.proxy.mov`);
    return failedChecks(made);
  } catch (error) {
    return [String(error)];
  }
}

async function damageOf(path: string, formatName: string): Promise<string | null> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return await sourceDamage(formatName, size, async (offset, length) => {
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    });
  } finally {
    await file.close();
  }
}

/** Four kilobytes at 60 % are replaced. */
function overwritten(bytes: Buffer, value: (position: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  const start = Math.floor(copy.length * 0.6);
  const end = Math.min(start + 4096, copy.length);
  for (let position = start; position < end; position += 1) copy[position] = value(position);
  return copy;
}
