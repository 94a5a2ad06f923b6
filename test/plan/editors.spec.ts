import { cp, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it } from 'vitest';
import { cliHere } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { plan, planned } from '../support/plan.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({
  'a.mov': { width: 640, height: 360, frames: 3 },
  'odd.mov': { width: 202, height: 108, frames: 3 },
});
const folder = useWatchFolder();
let card = '';

beforeEach(async () => {
  card = folder().beside('A001');
  await mkdir(join(card, 'Clip'), { recursive: true });
  await cp(clips['a.mov'], join(card, 'Clip/C001.mov'));
});

const output = () => ['--output', folder().output];

describe('--for', () => {
  it.each<[string, () => string[], Record<string, string>, () => string]>([
    [
      'resolve',
      () => [],
      { codec: 'prores_proxy', container: 'mov', resolution: 'half' },
      () => join(card, 'Clip/Proxy/C001.mov'),
    ],
    [
      'premiere',
      output,
      { codec: 'prores_proxy', container: 'mov' },
      () => join(folder().output, 'A001/Clip/C001_Proxy.mov'),
    ],
    [
      'avid',
      output,
      { codec: 'dnxhr', container: 'mxf' },
      () => join(folder().output, 'A001/Clip/C001.mxf'),
    ],
    [
      'fcp',
      () => ['--beside', 'Small'],
      { codec: 'prores_proxy', container: 'mov' },
      () => join(card, 'Clip/Small/C001.mov'),
    ],
    [
      'premiere',
      () => [
        ...output(),
        '--codec',
        'h264',
        '--resolution',
        'quarter',
        '--naming',
        '{source_name}',
      ],
      { codec: 'h264', container: 'mov', resolution: 'quarter' },
      () => join(folder().output, 'A001/Clip/C001.mov'),
    ],
  ])('%s sets what single flags leave open', async (system, flags, fields, proxy) => {
    const { exitCode, report } = await planned([card, '--for', system, ...flags()]);
    expect(exitCode).toBe(0);
    expect(report.jobs[0]?.jobspec).toMatchObject(fields);
    expect(report.jobs[0]?.outputs).toEqual([proxy()]);
  });

  it.each<[string, string[], boolean]>([
    ['resolve', [], false],
    ['resolve', ['--beside', 'Small'], true],
    ['resolve', ['--naming', '{source_name}_small'], true],
    ['resolve', ['--output', '/tmp/x'], true],
    ['fcp', ['--beside', 'Proxy'], true],
  ])('%s says what attaches proxies that it does not find: %j', async (system, flags, isTold) => {
    const { stdout } = await plan([card, '--for', system, ...flags]);
    expect(stdout.includes('handover --link writes what attaches')).toBe(isTold);
  });

  it('warns where Premiere may not attach: a size that does not divide', async () => {
    await cp(clips['odd.mov'], join(card, 'Clip/C002.mov'));
    const { report } = await planned([card, '--for', 'premiere', ...output()]);
    expect(report.warnings).toEqual([
      {
        path: join(card, 'Clip/C002.mov'),
        reason:
          "Premiere may not attach its proxy: 100x54 doesn't divide 202x108. Give --resolution same, or a size that does.",
      },
    ]);
  });

  it('warns where Final Cut sees no timecode: one that no timecode track has', async () => {
    const source = join(card, 'Clip/C001.mov');
    const tagged = join(card, 'tagged.mov');
    const keep = ['-c', 'copy', '-write_tmcd', '0', '-metadata', 'timecode=01:00:00:00'];
    const tags = ['-movflags', 'use_metadata_tags'];
    await execa('ffmpeg', ['-v', 'error', '-i', source, ...keep, ...tags, tagged]);
    await rename(tagged, source);
    const { report } = await planned([card, '--for', 'fcp', ...output()]);
    expect(report.warnings.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^Final Cut may see no timecode in the clip/),
    ]);
  });
});

describe('--beside', () => {
  const args = () => [card, '--for', 'resolve', '--submit', folder().root];

  it('makes proxies that are never sources, in a folder beside each clip', async () => {
    await mkdir(join(card, 'Clip/Proxy'));
    await cp(clips['a.mov'], join(card, 'Clip/Proxy/C001.mp4'));
    expect((await planned(args())).report.jobs).toHaveLength(1);
    expect((await runOnce(folder())).isClean).toBe(true);
    expect((await readdir(join(card, 'Clip/Proxy'))).toSorted()).toEqual(['C001.mov', 'C001.mp4']);
    const again = await planned(args());
    expect(again.report).toMatchObject({ jobs: [], already_made: 1 });
    const lists = folder().beside('lists');
    const handover = await cliHere(['handover', folder().root, '--output', lists]);
    expect(handover.exitCode).toBe(0);
    expect((await readdir(join(card, 'Clip/Proxy'))).toSorted()).toEqual(['C001.mov', 'C001.mp4']);
    expect((await planned(args())).exitCode).toBe(0);
  });

  it('puts the proxy of a clip that is a folder beside that folder', async () => {
    const frames = join(card, 'A001C001_240101_R2EC');
    await mkdir(frames);
    for (const n of ['0001', '0002'])
      await writeFile(join(frames, `A001C001_240101_R2EC.000${n}.ari`), 'raw');
    const { report } = await planned(args());
    expect(report.jobs.flatMap((job) => job.outputs)).toContain(
      join(card, 'Proxy/A001C001_240101_R2EC.mov'),
    );
  });

  it('is planned where a hash list lies above, and that is told', async () => {
    const hash = '<hash><file>Clip/C001.mov</file><size>1</size></hash>';
    await writeFile(join(card, 'A001.mhl'), `<hashlist version="1.1">${hash}</hashlist>`);
    const { exitCode, stdout } = await plan(args());
    expect(exitCode).toBe(0);
    expect(stdout).toContain("A001.mhl doesn't know the proxies in Proxy: extra files for it.");
  });
});

describe('a mistake with --for or --beside', () => {
  it.each<[string[], RegExp]>([
    [['--for', 'lightworks'], /Allowed choices are resolve, premiere, avid, fcp\./],
    [['--for', 'avid'], /^No place for proxies is named\. Give --output, or --beside/],
    [['--codec', 'h264'], /^No place for proxies is named\./],
    [['--beside', 'Proxy'], /^No codec is named\. Give --codec, or --for/],
    [
      ['--output', '/tmp/x', '--beside', 'Proxy', '--codec', 'h264'],
      /^--output and --beside exclude/,
    ],
    [
      ['--beside', 'a/b', '--codec', 'h264'],
      /^--beside takes the name of a folder beside each clip/,
    ],
    [
      ['--beside', '..', '--codec', 'h264'],
      /^--beside takes the name of a folder beside each clip/,
    ],
    [['--beside', '', '--codec', 'h264'], /^error: --beside is empty/],
    [
      ['--for', 'resolve', '--flat'],
      /^--flat puts proxies into one folder\. Name it with --output\./,
    ],
    [['--for', 'avid', '--output', '/tmp/x', '--container', 'mp4'], /container/],
  ])('is answered by one sentence: %j', async (flags, sentence) => {
    const { exitCode, stderr, stdout } = await plan([card, ...flags]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stdout).toBe('');
  });
});
