import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Codec, Container } from '@app/jobspec';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { DEFECTS } from './kinds.ts';
import { sourceForDefects, verdictOn } from './planted.ts';

const CODECS: readonly (readonly [Codec, Container])[] = [
  ['prores_proxy', 'mov'],
  ['h264', 'mp4'],
  ['dnxhr', 'mov'],
  ['hevc', 'mp4'],
  ['vp9', 'webm'],
  ['av1', 'mkv'],
];

/**
 * Defects that depend on codec, filters and FFmpeg alone: `doctor --prove` finds them, and no job looks for them. Most of them
 * show in a job all the same.
 */
const LEFT_BY_ALL = [
  'a mosaic of 8 pixels',
  'sharpened',
  'all a pixel to the side',
  'noise in a quarter',
  'a column in all pictures',
];
/** Beside these, of codecs that predict and whose audio is coded. */
const LEFT_BY_CODED = [
  'colour a sample beside its luma',
  'all two lines lower',
  '20 ms of silence',
  'flutters',
];
/** Exactly what these leave. */
const LEFT: Readonly<Partial<Record<Codec, readonly string[]>>> = {
  prores_proxy: LEFT_BY_ALL,
  dnxhr: LEFT_BY_ALL,
  h264: [...LEFT_BY_ALL, ...LEFT_BY_CODED],
};
/** Defects that other codecs may miss: how much detail each keeps changes with its encoder's version. */
const MOST_LEFT = new Set([
  ...LEFT_BY_ALL,
  ...LEFT_BY_CODED,
  'blurred by 3 pixels',
  'snow',
  'colour beside its luma',
  'colour four lines lower',
]);

const folder = useTemporaryFolder();

it.each(CODECS)('every kind of damage to %s in %s is found', async (...format) => {
  const place = join(folder.path, format.join('-'));
  await mkdir(place);
  const source = await sourceForDefects(join(place, 'source.mov'));
  expect(await verdictOn(source, place, format, null)).toEqual([]);
  const missed: string[] = [];
  for (const defect of DEFECTS) {
    const failed = await verdictOn(source, place, format, defect);
    console.log(
      `${format[0]} | ${defect.name} | ${failed.map((one) => one.split(':')[0]).join(' ')}`,
    );
    if (failed.length === 0) missed.push(defect.name);
  }
  const [codec] = format;
  expect(missed.filter((name) => !MOST_LEFT.has(name))).toEqual([]);
  expect(missed.toSorted()).toEqual((LEFT[codec] ?? missed).toSorted());
});
