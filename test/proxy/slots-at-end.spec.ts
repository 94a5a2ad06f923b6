/** @module-tag night */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { Codec, Container } from '@app/jobspec';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { failedChecks, makeClip, makeCompared, probeJson } from './support.ts';

const folder = useTemporaryFolder();
const [PICTURES, EMPTY] = [46, 4];
let clip: string;

beforeAll(async () => {
  clip = await recording('still', '-c:v mjpeg -q:v 4');
});

/** A recording of two seconds whose last pictures are repeats, for which a capture program stores nothing. */
async function recording(name: string, encoder: string): Promise<string> {
  const path = join(folder.path, `${name}.avi`);
  const picture = `-f lavfi -i testsrc2=s=320x180:r=25,trim=end_frame=${PICTURES}`;
  const sound = '-f lavfi -i sine=440:r=48000:d=2 -c:a pcm_s16le';
  await makeClip(path, picture, sound, encoder);
  await writeFile(path, withEmptySlots(await readFile(path)));
  return path;
}

/** The same AVI with empty slots after its last picture: in its list, its index, and its header's count. */
function withEmptySlots(avi: Buffer): Buffer {
  const [list, index] = [avi.indexOf('movi'), avi.indexOf('idx1')];
  const chunk = Buffer.from('3030646300000000', 'hex');
  const entries = Array.from({ length: EMPTY }, (_, n) => {
    const entry = Buffer.alloc(16);
    entry.write('00dc');
    entry.writeUInt32LE(index - list + n * chunk.length, 8);
    return entry;
  });
  const slots = Array.from({ length: EMPTY }, () => chunk);
  const all = Buffer.concat([avi.subarray(0, index), ...slots, avi.subarray(index), ...entries]);
  const grown = EMPTY * chunk.length;
  add(all, list - 4, grown);
  add(all, index + grown + 4, EMPTY * 16);
  add(all, 4, grown + EMPTY * 16);
  return promising(all);
}

/** What its header counts, with the empty slots. */
function promising(avi: Buffer): Buffer {
  add(avi, avi.indexOf('avih') + 24, EMPTY);
  add(avi, avi.indexOf('vids') + 32, EMPTY);
  return avi;
}

function add(bytes: Buffer, offset: number, more: number): void {
  bytes.writeUInt32LE(bytes.readUInt32LE(offset) + more, offset);
}

it.each<[Codec, Container, explicitFps: number | null, frames: number]>([
  ['prores_proxy', 'mov', null, PICTURES],
  ['h264', 'mp4', null, PICTURES],
  ['vp9', 'webm', null, PICTURES],
  ['dnxhr', 'mxf', null, PICTURES + EMPTY],
  ['h264', 'mp4', 50, 2 * (PICTURES + EMPTY)],
])(
  'the last picture stays, in %s in %s at a rate of %s',
  async (codec, container, explicitFps, frames) => {
    const output = join(folder.path, `proxy.${container}`);
    const request = { codec, container, explicitFps, resolution: 'same' } as const;
    expect(failedChecks(await makeCompared(request, clip, output))).toEqual([]);
    const { format, streams } = await probeJson(output);
    expect(Number(streams[0]?.['nb_read_packets'])).toBe(frames);
    const seconds = streams[0]?.['duration'] ?? format.duration;
    expect(Number(seconds)).toBeCloseTo(2, 1);
  },
);

it.each<[Codec, Container, frames: number]>([
  ['prores_proxy', 'mov', PICTURES - 7],
  ['dnxhr', 'mxf', PICTURES + EMPTY],
])('among other empty slots, too, in %s in %s', async (codec, container, frames) => {
  const dropped = '-vf select=not(eq(mod(n\\,7)\\,2)) -fps_mode passthrough';
  const gaps = await recording('gaps', `${dropped} -c:v mjpeg -q:v 4`);
  const output = join(folder.path, `gaps-proxy.${container}`);
  const request = { codec, container, explicitFps: null, resolution: 'same' } as const;
  expect(failedChecks(await makeCompared(request, gaps, output))).toEqual([]);
  expect(Number((await probeJson(output)).streams[0]?.['nb_read_packets'])).toBe(frames);
});

it('pictures that are stored in another order are all there', async () => {
  const reordered = await recording('reordered', '-c:v mpeg4 -q:v 4 -bf 2');
  const request = { codec: 'prores_proxy', container: 'mov', resolution: 'same' } as const;
  const output = join(folder.path, 'reordered.mov');
  const made = await makeCompared({ ...request, explicitFps: null }, reordered, output);
  expect(failedChecks(made)).toEqual([]);
});

it('pictures that the header counts and no index lists are missing', async () => {
  const cut = join(folder.path, 'cut.avi');
  await makeClip(cut, `-i ${clip} -c copy`);
  await writeFile(cut, promising(await readFile(cut)));
  const request = { codec: 'prores_proxy', container: 'mov', resolution: 'same' } as const;
  const output = join(folder.path, 'cut.mov');
  const made = await makeCompared({ ...request, explicitFps: null }, cut, output);
  expect(failedChecks(made).map((text) => text.split(':')[0])).toEqual([
    'frame_count',
    'duration_seconds',
  ]);
});
