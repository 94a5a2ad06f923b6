import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import { planned } from '../support/plan.ts';
import { makeR3d } from '../support/raw-fakes.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { width: 64, height: 36, frames: 3 } });
const folder = useWatchFolder();
const RED = 'A001.RDM/A001_C001_0101AB.RDC/A001_C001_0101AB';
const ARRI = 'B001C001_240101_R2EC/B001C001_240101_R2EC';
const R3D = `${RED}_001.R3D`;
const FILES = [
  R3D,
  ...['_002.R3D', '_003.R3D', '.RMD'].map((end) => RED + end),
  ...[1, 2, 3].map((frame) => `${ARRI}.000000${frame}.ari`),
  'C001.mov',
];
let card = '';
let args: string[] = [];

beforeEach(async () => {
  card = folder().beside('card');
  args = [card, '--output', folder().output, '--codec', 'prores_proxy'];
  for (const file of FILES) {
    const path = join(card, file);
    await mkdir(dirname(path), { recursive: true });
    if (file.endsWith('.R3D')) await makeR3d(dirname(path), basename(path), 'RED2');
    else if (file.endsWith('.mov')) await cp(clips['a.mov'], path);
    else await writeFile(path, file);
  }
});

async function md5(file: string): Promise<string> {
  const bytes = await readFile(join(card, file));
  return createHash('md5').update(bytes).digest('hex');
}

async function writeList(files: readonly string[] = FILES, more = '') {
  const entries: string[] = [];
  for (const file of files)
    entries.push(`<hash><file>${file}</file><md5>${await md5(file)}</md5></hash>`);
  const text = `<hashlist version="1.1">${entries.join('')}${more}</hashlist>`;
  await writeFile(join(card, 'card.mhl'), text);
}

const check = () => planned([...args, '--check-mhl']);
const plannedNames = ({ report }: Awaited<ReturnType<typeof planned>>) =>
  report.jobs.flatMap(({ jobspec }) => jobspec.sources.map((path) => basename(path))).toSorted();

describe('what only a hash list has', () => {
  it.each([
    ['the last part of a clip', `${RED}_003.R3D`, R3D],
    ['the settings of a clip', `${RED}.RMD`, R3D],
    ['the first frame', `${ARRI}.0000001.ari`, dirname(ARRI)],
    ['the last frame', `${ARRI}.0000003.ari`, dirname(ARRI)],
  ])('leaves out the clip that it belongs to: %s', async (_, gone, clip) => {
    await writeList();
    await rm(join(card, gone));
    const run = await check();
    expect(run.exitCode).toBe(1);
    expect(run.report.problems).toEqual([
      {
        path: join(card, clip),
        kind: 'mismatch',
        reason: expect.stringContaining(
          `${join(card, gone)} is not there as a file, and `,
        ) as string,
      },
    ]);
    const rest = [basename(R3D), dirname(ARRI), 'C001.mov'];
    expect(plannedNames(run)).toEqual(rest.filter((name) => name !== basename(clip)).toSorted());
    expect(run.report.hashes?.matched).toBe(2);
  });

  it('is told where its clip is gone, too', async () => {
    await writeList();
    await rm(join(card, RED, '..'), { recursive: true });
    const run = await check();
    expect(run.report.problems.map(({ kind, path }) => [kind, path])).toEqual(
      FILES.slice(0, 4).map((file) => ['missing', join(card, file)]),
    );
  });
});

describe('a clip that only has its name left', () => {
  const clip = () => join(card, 'C001.mov');
  it.each<[string, () => Promise<unknown>]>([
    ['a link', () => symlink(clips['a.mov'], clip())],
    ['a link that leads nowhere', () => symlink('nowhere', clip())],
    ['a folder', () => mkdir(clip())],
    ['a FIFO', () => execa('mkfifo', [clip()])],
  ])('is told like one that is gone: %s', async (_, make) => {
    await writeList();
    await rm(clip());
    await make();
    const { exitCode, report } = await check();
    expect(exitCode).toBe(1);
    expect(report.problems).toMatchObject([{ path: clip(), kind: 'missing' }]);
    expect(report.problems[0]?.reason).toContain('is not there as a file');
  });
});

it('a hash list that names a file twice vouches for it by all it says', async () => {
  await writeList(FILES, `<hash><file>C001.mov</file><md5>${'0'.repeat(32)}</md5></hash>`);
  const run = await check();
  expect(run.report.problems).toMatchObject([{ path: join(card, 'C001.mov'), kind: 'mismatch' }]);
  expect(plannedNames(run)).not.toContain('C001.mov');
});

describe('a RED clip is not planned', () => {
  it('when only one of its later parts is left', async () => {
    for (const part of ['_001', '_002']) await rm(join(card, `${RED}${part}.R3D`));
    const run = await planned(args);
    expect(run.exitCode).toBe(1);
    expect(run.report.problems).toMatchObject([
      { path: join(card, `${RED}_003.R3D`), kind: 'refused' },
    ]);
    expect(run.report.problems[0]?.reason).toContain(
      'part 3 of one that begins with A001_C001_0101AB_001.R3D, which is not beside it',
    );
    expect(plannedNames(run)).toEqual([dirname(ARRI), 'C001.mov']);
  });

  it('when several parts in a row are missing', async () => {
    await rename(join(card, `${RED}_003.R3D`), join(card, `${RED}_005.R3D`));
    await rm(join(card, `${RED}_002.R3D`));
    const { report } = await planned(args);
    expect(report.problems[0]?.reason).toContain(
      'Its part A001_C001_0101AB_002.R3D is missing. Copy the card again.',
    );
  });

  it.each(['_002', '_003'])('when its part %s is empty', async (part) => {
    await writeFile(join(card, `${RED}${part}.R3D`), '');
    const run = await planned(args);
    expect(run.exitCode).toBe(1);
    expect(run.report.problems[0]?.reason).toContain(
      `Its part A001_C001_0101AB${part}.R3D is empty. Copy the card again.`,
    );
    expect(plannedNames(run)).toEqual([`${basename(RED)}_001.R3D`, dirname(ARRI), 'C001.mov']);
    const refused = run.report.jobs.filter((job) => job.execution_engine === null);
    expect(refused).toHaveLength(1);
  });
});
