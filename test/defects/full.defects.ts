import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Codec, Container } from '@app/jobspec';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { DEFECTS } from './kinds.ts';
import { makeSource, verdictOn } from './planted.ts';

const CODECS: readonly (readonly [Codec, Container])[] = [
  ['prores_proxy', 'mov'],
  ['h264', 'mp4'],
  ['dnxhr', 'mov'],
  ['hevc', 'mp4'],
  ['vp9', 'webm'],
  ['av1', 'mkv'],
];

/** What hangs on the codec, the filters and FFmpeg alone: `doctor --prove` finds it, and no job looks for it. */
const LEFT = new Set([
  'blurred by 3 pixels',
  'a mosaic of 8 pixels',
  'sharpened',
  'snow',
  'colour beside its luma',
  'colour a sample beside its luma',
  'all a pixel to the side',
  'all two lines lower',
  'colour four lines lower',
  'noise in a quarter',
  'a column in all pictures',
  '20 ms of silence',
  'flutters',
]);

const folder = useTemporaryFolder();

it.each(CODECS)('every kind of damage to %s in %s is found', async (...format) => {
  const place = join(folder.path, format.join('-'));
  await mkdir(place);
  const source = await makeSource(join(place, 'source.mov'));
  expect(await verdictOn(source, place, format, null)).toEqual([]);
  const missed: string[] = [];
  for (const defect of DEFECTS) {
    const failed = await verdictOn(source, place, format, defect);
    console.log(
      `${format[0]} | ${defect.name} | ${failed.map((one) => one.split(':')[0]).join(' ')}`,
    );
    if (failed.length === 0) missed.push(defect.name);
  }
  expect(missed.filter((name) => !LEFT.has(name))).toEqual([]);
});
