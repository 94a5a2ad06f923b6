import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Codec, Container } from '@app/jobspec';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { judged, OF_RELEASES } from './release.ts';

const CODECS: readonly (readonly [Codec, Container])[] = [
  ['h264', 'mp4'],
  ['hevc', 'mp4'],
  ['vp9', 'webm'],
  ['av1', 'mp4'],
  ['prores_proxy', 'mov'],
  ['prores_hq', 'mov'],
  ['dnxhr', 'mxf'],
  ['dnxhd', 'mxf'],
];

const folder = useTemporaryFolder();

it.each(CODECS)('what a damaged release does to %s in %s is found', async (codec, container) => {
  const place = join(folder.path, codec);
  await mkdir(place);
  const asked = { size: 'same', look: 'no look', text: 'no text' } as const;
  const trial = { shape: '10-bit 4:2:2', codec, container, ...asked } as const;
  expect((await judged(trial, null, place)).doubt).toBeNull();
  const missed: string[] = [];
  for (const defect of OF_RELEASES)
    if ((await judged(trial, defect, place)).doubt === null) missed.push(defect.name);
  expect(missed).toEqual([]);
});
