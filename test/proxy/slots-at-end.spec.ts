/** @module-tag night */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { failedChecks, makeSource, makeCompared } from './support.ts';

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
  await makeSource(path, picture, sound, encoder);
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

/** Frame count of its header, including empty slots. */
function promising(avi: Buffer): Buffer {
  add(avi, avi.indexOf('avih') + 24, EMPTY);
  add(avi, avi.indexOf('vids') + 32, EMPTY);
  return avi;
}

function add(bytes: Buffer, offset: number, more: number): void {
  bytes.writeUInt32LE(bytes.readUInt32LE(offset) + more, offset);
}

it('an AVI that ends with empty slots lacks what its header counts, until it is rewrapped', async () => {
  const request = { codec: 'prores_proxy', container: 'mov', resolution: 'same' } as const;
  const made = (source: string, name: string) =>
    makeCompared({ ...request, explicitFps: null }, source, join(folder.path, name));
  const failed = failedChecks(await made(clip, 'short.mov'));
  expect(failed.map((text) => text.split(':')[0])).toEqual(['frame_count', 'duration_seconds']);
  const rewrapped = join(folder.path, 'rewrapped.avi');
  await makeSource(rewrapped, `-i ${clip} -map 0 -c copy`);
  expect(failedChecks(await made(rewrapped, 'whole.mov'))).toEqual([]);
});
