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

/** What is softer or briefer than the levels of AAC and Opus tell: `doctor --prove` finds it. */
const UNHEARD = ['20 ms of silence', 'flutters'];

/** What can't be seen or heard in each form, with the reason in docs/verification.md. */
const MISSED: Partial<Record<Codec, readonly string[]>> = {
  prores_proxy: ['sharpened', 'noise in a quarter'],
  h264: UNHEARD,
  hevc: UNHEARD,
  vp9: UNHEARD,
};

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
  expect(missed).toEqual(MISSED[format[0]] ?? []);
});
