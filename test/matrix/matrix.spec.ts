/** @module-tag night */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProxyRequest } from '@app/engines';
import { temporaryFolder } from '../proxy/support.ts';
import { matrixCell, request } from './matrix.ts';
import { SOURCES } from './sources.ts';

/** One proxy for each thing that can go wrong; `npm run test:matrix` makes all of them. */
const SAMPLE: [source: string, request: ProxyRequest][] = [
  ['24000 NTSC fps, 01:00:00:23', request('prores_proxy', 'mov', 'half')],
  ['30000 NTSC fps, 01:00:00;00', request('h264', 'mp4', 'half')],
  ['60000 NTSC fps, 01:00:00;04', request('dnxhr', 'mxf', 'half')],
  ['reel name and two languages', request('dnxhr', 'mov', 'half')],
  ['variable frame rate', request('dnxhr', 'mxf', 'same')],
  ['picture that starts 0.2 s late', request('vp9', 'webm', 'half')],
  ['sound that starts 0.2 s late', request('h264', 'mov', 'half')],
  ['edit list: starts 15 frames in', request('prores_lt', 'mov', 'half')],
  ['drop-frame at 25 fps, which does not exist', request('h264', 'mkv', 'half')],
  ['odd size, 4:4:4', request('h264', 'mp4', 'half')],
  ['ProRes 4444 with alpha', request('prores_4444', 'mov', 'half')],
  ['H.265 10 bit, HDR10 with mastering metadata', request('h265', 'mp4', 'half')],
  ['SD tags, PAL anamorphic, top field first', request('prores_proxy', 'mov', 'half')],
  ['DV in AVI, bottom field first', request('h264', 'mov', 'same')],
  ['rotated by 90 degrees', request('av1', 'mp4', 'half')],
  ['eight mono tracks', request('dnxhr', 'mxf', 'half')],
  ['a track of an unknown codec', request('prores_proxy', 'mov', 'half')],
  ['hexadecagonal (16 channels)', request('h264', 'mp4', 'half')],
  ['open GOP start: cut inside a group', request('h264', 'mov', 'half')],
  ['1080i, bottom field first, ProRes', request('dnxhd', 'mxf', 'same')],
];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

describe('a proxy is its source, as ffprobe and MediaInfo read both', () => {
  it.each(SAMPLE)('%s', async (name, wanted) => {
    const source = SOURCES.find((candidate) => candidate.name === name);
    if (!source) throw new Error(`no such source: ${name}`);
    const place = join(folder.path, String(SOURCES.indexOf(source)));
    await mkdir(place);
    const input = join(place, source.file);
    await source.make(input);
    const { outcome, problems } = await matrixCell(source, input, place, wanted);
    expect(problems).toEqual([]);
    expect(outcome).toBe('faithful');
  });
});
