import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Thumbnail } from '@app/engines';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { keepThumbnails } from './engine-run.ts';

const thumbnail = (frame: number): Thumbnail => ({
  frame,
  timecode: null,
  size: { width: 320, height: 180 },
  jpeg: Uint8Array.from([frame]),
});
const outcome = { thumbnails: [thumbnail(0), thumbnail(5)], warnings: ['of the engine'] };
let base: string;

function place(thumbnailsFolder: string | null, signal = new AbortController().signal) {
  return { thumbnailsFolder, jobSha256: '0123456789abcdef'.repeat(4), index: 3, signal };
}

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'posters-'));
  onTestFinished(() => rm(base, { recursive: true }));
});

describe('keepPosters', () => {
  it('writes each picture under a name that is never used again', async () => {
    const folder = join(base, 'pictures');
    const first = await keepThumbnails(outcome, place(folder));
    const second = await keepThumbnails(outcome, place(folder));
    expect(first.warnings).toEqual(outcome.warnings);
    expect(first.pictures.map(({ frame }) => frame)).toEqual([0, 5]);
    const names = [...first.pictures, ...second.pictures].map(({ path }) => path);
    expect((await readdir(folder)).map((name) => join(folder, name)).sort()).toEqual(names.sort());
    expect(names[0]).toMatch(/\/0123456789abcdef-[0-9a-f]{16}-003-1\.jpg$/);
    expect(Array.from(await readFile(first.pictures[1]?.path ?? ''))).toEqual([5]);
  });

  it.each([
    ['a folder whose volume is gone', 'gone/pictures', 'no such file'],
    ['a file where the folder should be', 'file', 'not a directory'],
  ])('warns of %s, and makes nothing', async (_, name, why) => {
    await writeFile(join(base, 'file'), '');
    const { pictures, warnings } = await keepThumbnails(outcome, place(join(base, name)));
    expect(pictures).toEqual([]);
    expect(warnings).toEqual(['of the engine', expect.stringContaining(why)]);
    expect(await readdir(base)).toEqual(['file']);
  });

  it('writes nothing where nobody wants pictures, nor after a stop', async () => {
    await mkdir(join(base, 'pictures'));
    const nothing = { pictures: [], warnings: outcome.warnings };
    expect(await keepThumbnails(outcome, place(null))).toEqual(nothing);
    const stopped = AbortSignal.abort();
    expect(await keepThumbnails(outcome, place(join(base, 'pictures'), stopped))).toEqual(nothing);
    expect(await readdir(join(base, 'pictures'))).toEqual([]);
  });
});
