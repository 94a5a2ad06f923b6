import { foldedName } from '@app/jobspec';
import { appendFile, mkdir, mkdtemp, realpath, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withoutMade } from './made.ts';
import { RealNames } from './real-names.ts';

let folder = '';
let source = '';
let output = '';
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'made-')));
  [source, output] = [join(folder, 'C001.mov'), join(folder, 'C001.mp4')];
  await writeFile(source, 'clip');
  await writeFile(output, 'proxy');
});
afterEach(() => rm(folder, { recursive: true }));

/** What is left to be made of a clip, where a job has made its proxy, or another one is to make it. */
const left = async ({ madeOf = source, pendingOf = '', kind = 'h264 mp4 half' } = {}) => {
  const spec = { codec: 'h264', container: 'mp4', resolution: 'half' };
  const document = { clips: [{ path: source }], outputs: [output], directory: folder, spec };
  const others = {
    pending: new Map(pendingOf === '' ? [] : [[foldedName(output), { source: pendingOf, kind }]]),
    made: new Map(madeOf === '' ? [] : [[foldedName(output), { source: madeOf, kind, bytes: 5 }]]),
    makers: new Map(),
    specs: new Map(),
    names: new RealNames(),
  };
  const request = { naming: '{source_name}' };
  const { documents, made, alreadySubmitted } = await withoutMade(
    [document as never],
    others,
    request as never,
  );
  return [documents.length, made, alreadySubmitted];
};
const TO_MAKE = [1, 0, 0];
const MADE = [0, 1, 0];
const SUBMITTED = [0, 0, 1];

describe('a proxy', () => {
  it('that a job has made of its clip is not made again', async () => {
    expect(await left()).toEqual(MADE);
  });

  it('that a job is to make of its clip is not asked for again', async () => {
    expect(await left({ madeOf: '', pendingOf: source })).toEqual(SUBMITTED);
  });

  it.each([
    ['that no job has made', { madeOf: '' }],
    ['that a job has made of another clip', { madeOf: '/card/C001.mov' }],
    ['that a job has made with another codec', { kind: 'h265 mp4 half' }],
    ['that a job has made in another look', { kind: 'h264 mp4 half look 1' }],
    [
      'that a job is to make in another size',
      { madeOf: '', pendingOf: source, kind: 'h264 mp4 same' },
    ],
    ['that a job is to make of another clip', { madeOf: '', pendingOf: '/card/C001.mov' }],
  ])('%s is asked for, whatever lies there', async (_, others) => {
    expect(await left(others)).toEqual(TO_MAKE);
  });

  it.each([
    ['is gone', () => rm(output)],
    ['has another size', () => appendFile(output, 'x')],
    ['is a folder', () => rm(output).then(() => mkdir(output))],
    ['is older than its clip', () => utimes(output, 1, 1)],
  ])('that %s is asked for', async (_, harm) => {
    await harm();
    expect(await left()).toEqual(TO_MAKE);
  });

  it('is there though its clip is of tomorrow, as a camera that was ahead has it', async () => {
    const now = Date.now() / 1000;
    await utimes(source, now + 86_400, now + 86_400);
    await utimes(output, now + 1, now + 1);
    expect(await left()).toEqual(MADE);
  });
});
