import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJobSpec } from '@app/jobspec';
import { beforeEach, describe, expect, it } from 'vitest';
import { ffmpegCommands } from '../../libs/assistant/src/doctor/install-ffmpeg.ts';
import { useClips } from '../support/clips.ts';
import { plan, planned } from '../support/plan.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const TINY = { width: 64, height: 36, frames: 3 };
const clips = useClips({
  'a.mov': TINY,
  'b.mp4': TINY,
  'odd.mxf': { ...TINY, codec: 'mpeg2' },
  'sound.mp4': { codec: null, audioTracks: [1] },
});
const folder = useWatchFolder();
let day3 = '';
let args: string[] = [];

beforeEach(async () => {
  day3 = folder().beside('day3');
  args = [day3, '--output', folder().output, '--codec', 'h264'];
  await put('a.mov', 'A001.mov');
  await put('b.mp4', 'cam b/B001.mp4');
});

async function put(clip: keyof typeof clips, name: string) {
  await mkdir(join(day3, name, '..'), { recursive: true });
  await cp(clips[clip], join(day3, name));
}

describe('a plan of a folder', () => {
  it('writes nothing when nobody asks for it', async () => {
    await rm(folder().output, { recursive: true });
    const { exitCode, stdout } = await plan(args);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      '2 proxies in 2 JobSpecs planned, nothing written (--write or --submit does).',
    );
    await expect(readdir(folder().output)).rejects.toThrow('ENOENT');
  });

  it('writes JobSpecs that honour the contract, the same ones every time', async () => {
    const jobs = folder().beside('jobs');
    const { report } = await planned([...args, '--write', jobs]);
    const names = await readdir(jobs);
    expect(names.toSorted()).toEqual(report.jobs.map(({ name }) => name).toSorted());
    const texts = await Promise.all(names.map((name) => readFile(join(jobs, name))));
    for (const text of texts) parseJobSpec(text);
    await rm(jobs, { recursive: true });
    await planned([...args, '--write', jobs]);
    expect(await Promise.all(names.map((name) => readFile(join(jobs, name))))).toEqual(texts);
    const again = await planned([...args, '--write', jobs]);
    expect(again.report.jobs.map(({ state }) => state)).toEqual(['there', 'there']);
  });

  it('puts each codec into a job of its own, and makes the folders of the proxies', async () => {
    const codecs = ['--codec', 'prores_proxy', '--codec', 'h265', '--submit', folder().root];
    const { report } = await planned([...args, ...codecs]);
    expect(report.jobs.flatMap((job) => job.outputs)).toEqual([
      join(folder().output, 'day3/A001_h264.mp4'),
      join(folder().output, 'day3/A001_prores_proxy.mov'),
      join(folder().output, 'day3/A001_h265.mp4'),
      join(folder().output, 'day3/cam b/B001_h264.mp4'),
      join(folder().output, 'day3/cam b/B001_prores_proxy.mov'),
      join(folder().output, 'day3/cam b/B001_h265.mp4'),
    ]);
    expect(await folder().names('pending')).toHaveLength(6);
    expect(await readdir(join(folder().output, 'day3'))).toEqual(['cam b']);
  });

  it('puts a single clip right into the output', async () => {
    const [, ...others] = args;
    const { report } = await planned([join(day3, 'A001.mov'), ...others]);
    expect(report.jobs[0]?.outputs).toEqual([join(folder().output, 'A001.mp4')]);
  });

  it('passes over its own proxies, follows no link, and tells sound from clips', async () => {
    await put('b.mp4', 'Proxies/C001.mp4');
    await put('sound.mp4', 'talk.mp4');
    await symlink(clips['a.mov'], join(day3, 'linked.mov'));
    const own = [day3, '--output', join(day3, 'Proxies'), '--codec', 'h264', '--flat'];
    const { report } = await planned(own);
    expect(report).toMatchObject({
      links: 1,
      left_out: [{ kind: 'sound', count: 1 }],
    });
    expect(report.jobs).toHaveLength(2);
  });

  it('says what no engine takes or makes, and plans the rest', async () => {
    await writeFile(join(day3, 'broken.mov'), 'no clip');
    await put('odd.mxf', 'odd.mxf');
    const { exitCode, report, stderr } = await planned([...args, '--codec', 'dnxhd']);
    expect(exitCode).toBe(1);
    const made = report.jobs.filter((job) => job.execution_engine !== null);
    expect(made.map(({ jobspec }) => jobspec.codec)).toEqual(['h264', 'h264', 'h264']);
    const refused = report.jobs.filter((job) => job.execution_engine === null);
    expect(refused.map(({ jobspec }) => [jobspec.sources, jobspec.codec])).toEqual([
      [[join(day3, 'broken.mov')], 'h264'],
      [[join(day3, 'broken.mov')], 'dnxhd'],
    ]);
    expect(report.problems).toContainEqual(
      expect.objectContaining({ path: join(day3, 'broken.mov'), kind: 'refused' }),
    );
    expect(stderr).toMatch(/Planned, and will be rejected: .*broken\.mov can't be read as a clip/);
    expect(stderr).toMatch(/Not planned: .*A001\.mov: no dnxhd proxy: /);
  });
});

describe('names that collide', () => {
  beforeEach(() => put('b.mp4', 'A001.mp4'));

  const outputs = async (...flags: string[]) => {
    const { exitCode, report } = await planned([...args, ...flags, '--submit', folder().root]);
    const made = report.jobs.flatMap((job) => job.outputs);
    return {
      exitCode,
      made: made.map((path) => path.slice(folder().output.length + 1)).toSorted(),
    };
  };

  it('get their extensions, and all others keep their names', async () => {
    const { exitCode, made } = await outputs();
    expect({ exitCode, made }).toEqual({
      exitCode: 0,
      made: ['day3/A001_mov.mp4', 'day3/A001_mp4.mp4', 'day3/cam b/B001.mp4'],
    });
    const { stdout } = await plan(args);
    expect(stdout).toContain(
      `Another clip has the name of ${join(day3, 'A001.mov')}, ${join(day3, 'A001.mp4')}: the names of these proxies are longer`,
    );
  });

  it('get those of their folders where all lie in one, and their extensions are equal, too', async () => {
    await put('a.mov', 'cam b/A001.mov');
    const { exitCode, made } = await outputs('--flat');
    expect(exitCode).toBe(0);
    expect(made).toEqual([
      'A001_mp4.mp4',
      'B001.mp4',
      'day3-cam_b_A001_mov.mp4',
      'day3_A001_mov.mp4',
    ]);
  });

  it('belong to the one that came first', async () => {
    await rm(join(day3, 'A001.mp4'));
    expect((await outputs()).made).toEqual(['day3/A001.mp4', 'day3/cam b/B001.mp4']);
    await put('b.mp4', 'A001.mp4');
    const second = await planned([...args, '--submit', folder().root]);
    expect(second.report).toMatchObject({
      already_submitted: 2,
      jobs: [{ outputs: [join(folder().output, 'day3/A001_mp4.mp4')], state: 'submitted' }],
    });
    const third = await planned([...args, '--submit', folder().root]);
    expect(third.report).toMatchObject({ already_submitted: 3, jobs: [], problems: [] });
  });

  it('leave out, with a line on record, what nothing tells apart, and plan the rest', async () => {
    await mkdir(folder().beside('other/day3'), { recursive: true });
    await cp(clips['a.mov'], folder().beside('other/day3/A001.mov'));
    const media = [day3, folder().beside('other/day3'), ...args.slice(1)];
    const { exitCode, report } = await planned([...media, '--submit', folder().root]);
    expect(exitCode).toBe(1);
    expect(report.jobs).toHaveLength(3);
    const path = folder().beside('other/day3/A001.mov');
    const reason = expect.stringContaining('would both become') as string;
    expect(report.problems).toEqual([{ path, kind: 'naming', reason }]);
    const lines = await folder().dropped();
    expect(lines.filter((line) => line['cause'])).toMatchObject([
      { path, cause: 'equal_name', job: null, reason },
    ]);
  });

  it('are told apart by a template with {source_ext}', async () => {
    const naming = '{source_name}_{source_ext}';
    const names = ['A001_mov.mp4', 'A001_mp4.mp4', 'B001_mp4.mp4'];
    const { exitCode, report } = await planned([...args, '--flat', '--naming', naming]);
    expect(exitCode).toBe(0);
    const outputs = report.jobs.flatMap((job) => job.outputs);
    expect(outputs).toEqual(names.map((name) => join(folder().output, name)));
  });
});

describe('a refusal', () => {
  it.each<[string, () => string[], number, RegExp]>([
    [
      'media that are missing',
      () => ['/nowhere', ...args.slice(1)],
      2,
      /^\/nowhere does not exist\./,
    ],
    ['a codec that is none', () => [...args, '--codec', 'x'], 2, /^codec must be one of/],
    ['a container', () => [...args, '--container', 'mxf'], 2, /container/],
    ['a template', () => [...args, '--naming', 'x'], 2, /naming_template/],
    ['a clock', () => [...args, '--naming', '{date}_{source_name}'], 2, /^--naming with \{date\}/],
    ['a number', () => [...args, '--naming', '{index}'], 2, /^--naming with \{index\} would/],
    [
      'a job',
      () => [...args, '--naming', '{job_id}-{source_name}'],
      2,
      /^--naming with \{job_id\}/,
    ],
    ['two targets', () => [...args, '--write', 'x', '--submit', 'y'], 2, /exclude each other/],
    ['an empty path', () => [...args, '--write', ''], 2, /^error: --write is empty/],
    ['media in media', () => [day3, ...args, join(day3, 'cam b')], 2, /cam b lies in .*day3\./],
    [
      'proxies among clips',
      () => [day3, '--output', join(day3, '..'), ...args.slice(3)],
      2,
      /^Proxies would lie among/,
    ],
    [
      'a watch folder that is none',
      () => [...args, '--submit', day3],
      4,
      /is not a watch folder\./,
    ],
    [
      'a watch folder that is missing',
      () => [...args, '--submit', '/nowhere'],
      4,
      /^\/nowhere is not a folder/,
    ],
    [
      'an output in a watch folder',
      () => [
        day3,
        '--codec',
        'h264',
        '--output',
        folder().path('pending'),
        '--submit',
        folder().root,
      ],
      2,
      /belongs to a watch folder/,
    ],
    ['no flag for the codec', () => args.slice(0, 3), 2, /^No codec is named\. Give --codec/],
  ])('of %s is a sentence', async (_, given, code, sentence) => {
    const { exitCode, stderr, stdout } = await plan(given());
    expect(exitCode).toBe(code);
    expect(stderr).toMatch(sentence);
    expect(stdout).toBe('');
  });

  it('of media whose clips all lie in the output folder says so', async () => {
    await rm(join(day3, 'A001.mov'));
    const { stderr } = await plan([day3, '--output', join(day3, 'cam b'), ...args.slice(3)]);
    expect(stderr).toMatch(/^There is no clip in .*day3 outside of the output folder .*cam b\.$/);
  });

  it('of media without clips says so, and of a machine without FFmpeg', async () => {
    const without = await plan(args, { env: { PATH: folder().root } });
    expect(without).toMatchObject({ exitCode: 1, stdout: '' });
    expect(without.stderr).toMatch(/^FFmpeg not found|ffprobe/);
    for (const command of ffmpegCommands()) expect(without.stderr).toContain(command);
    await rm(day3, { recursive: true });
    await mkdir(day3);
    await symlink('elsewhere.mov', join(day3, 'C001.mov'));
    const { exitCode, stderr } = await plan(args);
    const sentences = `There is no clip in ${day3}.\nNot followed: 1 symbolic link`;
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: sentences });
  });
});
