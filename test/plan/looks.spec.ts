import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseJobSpec } from '@app/jobspec';
import { plan, planned } from '../support/plan.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const temporary = useTemporaryFolder();
const media = () => join(temporary.path, 'day');
const words = () => [media(), '--output', join(temporary.path, 'proxies'), '--codec', 'h264'];
const CUBE = 'LUT_1D_SIZE 2\n0 0 0\n1 1 1\n';
const CLIP =
  '-v error -f lavfi -i testsrc2=s=320x180:d=1:r=24 -c:v mpeg4 -timecode 01:00:00:00'.split(' ');
const CC = `<ColorCorrection id="C001"><SOPNode><Slope>1.1 1 0.9</Slope><Offset>0 0 0</Offset><Power>1 1 1</Power></SOPNode></ColorCorrection>`;

beforeAll(async () => {
  await mkdir(media(), { recursive: true });
  for (const name of ['C001', 'C002'])
    await execa('ffmpeg', [...CLIP, join(media(), `${name}.mov`)]);
  await writeFile(join(temporary.path, 'show.cube'), CUBE);
  await writeFile(join(temporary.path, 'C001.cc'), CC);
});

describe('plan', () => {
  it('writes look, CDL and text into JobSpecs of 2.2', async () => {
    const [cube, cc] = [join(temporary.path, 'show.cube'), join(temporary.path, 'C001.cc')];
    const texts = ['--burn-in', 'bottom-left={timecode}', '--burn-in', 'top-right={source_name}'];
    const { report } = await planned([...words(), '--look', cube, '--cdl', cc, ...texts]);
    const specs = report.jobs.map(({ jobspec }) => jobspec as { viewing?: unknown });
    const look = {
      lut: { path: cube, sha256: createHash('sha256').update(CUBE).digest('hex') },
      lut_range: 'video',
      becomes: 'bt709',
    };
    const cdl = { slope: [1.1, 1, 0.9], offset: [0, 0, 0], power: [1, 1, 1], saturation: 1 };
    const burn_in = [
      { text: '{timecode}', at: 'bottom-left' },
      { text: '{source_name}', at: 'top-right' },
    ];
    expect(specs.map(({ viewing }) => viewing)).toEqual([
      { look: { cdl: [cdl], ...look }, burn_in },
      { look, burn_in },
    ]);
    for (const spec of specs) parseJobSpec(Buffer.from(JSON.stringify(spec)));
    expect(report.warnings).toEqual([
      { path: join(media(), 'C002.mov'), reason: `${cc} has no CDL for it.` },
    ]);
  });

  it('says nothing of what a clip becomes by a CDL, which converts nothing', async () => {
    const cc = join(temporary.path, 'C001.cc');
    const lookOf = async (...flags: string[]) => {
      const { report } = await planned([...words(), '--cdl', cc, ...flags]);
      const [spec] = report.jobs.map(({ jobspec }) => jobspec as { viewing?: { look?: object } });
      parseJobSpec(Buffer.from(JSON.stringify(spec)));
      return spec?.viewing?.look;
    };
    expect(await lookOf()).not.toHaveProperty('becomes');
    expect(await lookOf('--becomes', 'bt2020-pq')).toHaveProperty('becomes', 'bt2020-pq');
  });

  it('leaves out a clip that can’t have the text, with the reason', async () => {
    const run = await plan([...words(), '--burn-in', 'bottom-left={reel}']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(
      'viewing.burn_in[0].text uses {reel}, and the clip has no reel name',
    );
  });

  it.each([
    [['--look', '/nowhere/a.cube'], "/nowhere/a.cube can't be read"],
    [['--cdl', '/nowhere/a.cc'], "/nowhere/a.cc can't be read"],
    [['--lut-range', 'data'], '--lut-range needs --look'],
    [['--becomes', 'bt709'], '--becomes needs --look or --cdl'],
    [['--burn-in', '{timecode}'], '--burn-in takes PLACE=TEXT, with a PLACE of top-left'],
    [['--burn-in', 'bottom-left={tc}'], 'contains the unknown token "{tc}"'],
    [['--burn-in', 'bottom-left={date}'], '--burn-in with {date}'],
  ])('refuses %j in one sentence', async (flags, sentence) => {
    const run = await plan([...words(), ...flags]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(sentence);
  });
});
