import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { plan, planned, sourcesFor } from '../support/plan.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const temporary = useTemporaryFolder();
const media = () => join(temporary.path, 'day');
const words = () => [media(), '--output', join(temporary.path, 'proxies'), '--codec', 'h264'];

/** A second of pictures at 24 frames a second. */
async function clip(path: string, timecode: string, reel: string): Promise<void> {
  const input = ['-f', 'lavfi', '-i', 'testsrc2=s=64x36:d=1:r=24', '-c:v', 'mpeg4'];
  const facts = ['-timecode', timecode, '-metadata:s:v', `reel_name=${reel}`];
  await execa('ffmpeg', ['-v', 'error', ...input, ...facts, path]);
}

/** Writes a list. @returns its path. */
async function list(name: string, text: string): Promise<string> {
  const path = join(temporary.path, name);
  await writeFile(path, text);
  return path;
}

beforeAll(async () => {
  for (const card of ['A001', 'B001']) await mkdir(join(media(), card), { recursive: true });
  await clip(join(media(), 'A001', 'C001.mov'), '01:00:00:00', 'A001R1');
  await clip(join(media(), 'A001', 'C002.mov'), '01:10:00:00', 'A001R1');
  await clip(join(media(), 'B001', 'C001.mov'), '02:00:00:00', 'B001R1');
  await writeFile(join(media(), 'B001', 'C009.mov'), 'cut');
});

const sourcesOf = async (file: string) => {
  const run = await planned([...words(), '--only', file]);
  return {
    ...run,
    sources: sourcesFor(run.report, 'ffmpeg').map((path) => path.slice(media().length + 1)),
  };
};

describe('plan --only', () => {
  it.each([
    [
      'the names of an EDL',
      'cut.edl',
      '001  AX V C 01:10:00:00 01:10:01:00 00:00:00:00 00:00:01:00\n* FROM CLIP NAME: C002.mov\n',
      ['A001/C002.mov'],
    ],
    [
      'reel and timecode of an EDL',
      'reels.edl',
      '001  B001R1 V C 02:00:00:12 02:00:00:20 00:00:00:00 00:00:00:08\n',
      ['B001/C001.mov'],
    ],
    [
      'the names of an ALE, told apart by timecode',
      'bin.ale',
      'Heading\nFIELD_DELIM\tTABS\n\nColumn\nName\tTape\tStart\tEnd\n\nData\nC001\t\t01:00:00:00\t01:00:01:00\n',
      ['A001/C001.mov'],
    ],
    [
      'the names of a CSV, on every card',
      'shots.csv',
      'File Name,Comment\nC001.MXF,"good, ""best"""\n',
      ['A001/C001.mov', 'B001/C001.mov'],
    ],
  ])('takes %s, and counts the rest', async (_, name, text, wanted) => {
    const { sources, report, exitCode } = await sourcesOf(await list(name, text));
    expect(sources).toEqual(wanted);
    expect(report).toMatchObject({ not_listed: 4 - wanted.length, problems: [] });
    expect(exitCode).toBe(0);
  });

  it('says which clips of the list are not here, and which can not be read', async () => {
    const file = await list('more.txt', 'C002\nC009\nD001C001\nD001C002.mov\n');
    const { sources, report, exitCode } = await sourcesOf(file);
    expect(sources).toEqual(['A001/C002.mov']);
    expect(exitCode).toBe(1);
    expect(report.problems.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('C009.mov'),
      `${file} names 2 clips that aren't among these media: D001C001, D001C002.mov. Name their cards too.`,
    ]);
    const { stdout } = await plan([...words(), '--only', file]);
    expect(stdout).toContain(`Not in ${file}: 2 clips`);
  });

  it('takes clips in a plan of thousands in no time that anybody notices', async () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => `X${index}`).join('\n');
    const { report } = await sourcesOf(await list('long.csv', `Name\nC002\n${rows}\n`));
    expect(report.problems.map(({ reason }) => reason.slice(-40))).toEqual([
      expect.stringContaining('Name their cards too.'),
    ]);
  });

  it.each([
    ['not there', '/not/here.edl', "/not/here.edl can't be read"],
    ['a folder', '/tmp', "/tmp can't be read"],
    ['empty', '', '--only is empty'],
    ['binary', '/bin/true', '/bin/true is no text'],
    ['a device', '/dev/zero', "/dev/zero can't be read"],
    ['a file of the system that has no text', '/proc/self/mem', "/proc/self/mem can't be read"],
  ])('is refused in a sentence: %s', async (_, file, sentence) => {
    const { exitCode, stderr } = await plan([...words(), '--only', file]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['nothing', '', 'names no clip'],
    ['no column that is known', 'Colour,Size\nred,1\n', 'has no column that names clips'],
    ['only other clips', 'Z001\n', 'names none of the clips'],
    ['zeros', '\0\0', 'is no text'],
  ])('is refused in a sentence: a list with %s', async (_, text, sentence) => {
    const file = await list('bad.csv', text);
    const { exitCode, stderr } = await plan([...words(), '--only', file]);
    expect(exitCode).toBe(sentence.startsWith('names none') ? 1 : 2);
    expect(stderr).toContain(`${file} ${sentence}`);
  });

  it('is kept to by --follow too', async () => {
    const file = await list('follow.csv', 'C001\n');
    await cp(media(), join(temporary.path, 'in'), { recursive: true });
    const run = await plan([...words(), '--only', file, '--follow']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('--follow needs --submit');
  });
});
