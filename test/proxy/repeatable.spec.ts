import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CODEC_CONTAINERS, CODECS, type Codec, type Container } from '@app/jobspec';
import { makeSource, makeCompared, makeProxy, temporaryFolder } from './support.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const sources: Record<string, string> = {};

beforeAll(async () => {
  folder = await temporaryFolder();
  for (const size of ['320x180', '1280x720']) {
    sources[size] = await makeSource(
      join(folder.path, `${size}.mov`),
      `-f lavfi -i testsrc2=s=${size}:r=25,trim=end_frame=6 -f lavfi -i sine=440:d=0.24`,
      '-c:v libx264 -preset ultrafast -c:a pcm_s16le -timecode 01:00:00:00',
    );
  }
});
afterAll(() => folder.remove());

const COMBINATIONS = CODECS.flatMap((codec) =>
  CODEC_CONTAINERS[codec].map((container) => [codec, container] as const),
);

describe('a proxy is the same file, whether its source is compared or not', () => {
  it.each(COMBINATIONS.slice(0, 1))('%s in %s', expectSame);
  it.each(COMBINATIONS.slice(1))('%s in %s', { tags: ['night'] }, expectSame);
});

async function expectSame(codec: Codec, container: Container) {
  const source = sources[codec === 'dnxhd' ? '1280x720' : '320x180'] ?? '';
  const request = { codec, container, resolution: 'same', explicitFps: null };
  const digests = [];
  for (const make of [makeProxy, makeCompared]) {
    const output = join(folder.path, `${make.name}.${container}`);
    await make(request, source, output);
    digests.push(
      createHash('sha256')
        .update(await readFile(output))
        .digest('hex'),
    );
  }
  expect(digests[0]).toBe(digests[1]);
}
