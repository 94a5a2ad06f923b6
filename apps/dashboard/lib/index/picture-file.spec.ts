import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PICTURE_BYTES, picturePath, readPicture } from './picture-file.ts';

const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(100)]);

describe('a picture below the directory of a runner', () => {
  let folder: string;
  const of = (name: string) => `/srv/watch/.runner/${name}`;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pictures-'));
    const own = join(folder, '.runner/pictures');
    mkdirSync(join(own, 'a'), { recursive: true });
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(own, 'a/0.jpg'), JPEG);
    writeFileSync(join(own, 'text.jpg'), 'no picture at all');
    writeFileSync(join(own, 'large.jpg'), Buffer.concat([JPEG, Buffer.alloc(PICTURE_BYTES)]));
    writeFileSync(join(own, 'empty.jpg'), '');
    writeFileSync(join(folder, 'elsewhere/0.jpg'), JPEG);
    mkdirSync(join(own, 'folder.jpg'));
    symlinkSync(join(folder, 'elsewhere/0.jpg'), join(own, 'link.jpg'));
    symlinkSync(join(folder, 'elsewhere'), join(own, 'link'));
    writeFileSync(join(folder, '.runner/status.json'), JPEG);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read, however the runner calls the watch folder', async () => {
    const written = [of('pictures/a/0.jpg'), `${folder}/.runner/pictures/a/0.jpg`];
    for (const path of [...written, String.raw`W:\watch\.runner\pictures\a\0.jpg`])
      expect(await readPicture(folder, path)).toEqual(JPEG);
  });

  it.each([
    ['is no JPEG', 'pictures/text.jpg'],
    ['is larger than any picture', 'pictures/large.jpg'],
    ['is empty', 'pictures/empty.jpg'],
    ['is a directory', 'pictures/folder.jpg'],
    ['is a link', 'pictures/link.jpg'],
    ['lies behind a link', 'pictures/link/0.jpg'],
    ['is not there', 'pictures/none.jpg'],
    ['is not called a picture', 'status.json'],
  ])('is not read when it %s', async (_, name) => {
    expect(await readPicture(folder, of(name))).toBeNull();
  });

  it.each([
    '',
    '0.jpg',
    '/etc/passwd.jpg',
    '/srv/watch/.runner/../elsewhere/0.jpg',
    '/srv/watch/.runner/pictures/../../elsewhere/0.jpg',
    '/srv/watch/.runner//0.jpg',
    '/srv/watch/.runner/.hidden.jpg',
    '/srv/watch/.runner/0.jpg\0.jpg',
    '/srv/watch/.runner',
    `/srv/watch/.runner/${'a/'.repeat(20)}0.jpg`,
  ])('has no path outside of it: %j', (written) => {
    expect(picturePath(folder, written)).toBeNull();
  });
});
