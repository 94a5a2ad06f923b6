import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseJobSpec } from '@app/jobspec';
import { JobFolder } from '../support/job-folder.ts';
import { plan, planned } from '../support/plan.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const temporary = useTemporaryFolder();
const media = () => join(temporary.path, 'day');
const words = () => [media(), '--output', join(temporary.path, 'proxies'), '--codec', 'h264'];
const CUBE = 'LUT_1D_SIZE 2\n0 0 0\n1 1 1\n';
const CLIP =
  '-v error -f lavfi -i testsrc2=s=320x180:d=1:r=24 -c:v mpeg4 -timecode 01:00:00:00'.split(' ');
const CC = `<ColorCorrection id="C001"><SOPNode><Slope>1.1 1 0.9</Slope><Offset>0 0 0</Offset><Power>1 1 1</Power></SOPNode></ColorCorrection>`;

const SONY = `<NonRealTimeMeta xmlns="urn:schemas-professionalDisc:nonRealTimeMeta:ver.2.20"><Device manufacturer="Sony" modelName="ILME-FX3"/>
<AcquisitionRecord><Group name="CameraUnitMetadataSet"><Item name="CaptureGammaEquation" value="s-log3-cine"/></Group></AcquisitionRecord></NonRealTimeMeta>`;

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

  it('takes for each clip the look of its gamma or camera, and leaves out a clip that none is for', async () => {
    const cards = join(temporary.path, 'cards');
    await mkdir(cards);
    const arri = ['-metadata', 'com.arri.camera.ColorGammaSxS=LOG-C'];
    const tags = [...arri, '-metadata', 'com.arri.camera.CameraModel=ALEXA Mini'];
    await execa('ffmpeg', [
      ...CLIP,
      ...tags,
      '-movflags',
      'use_metadata_tags',
      join(cards, 'A.mov'),
    ]);
    for (const name of ['B', 'C']) await execa('ffmpeg', [...CLIP, join(cards, `${name}.mov`)]);
    await writeFile(join(cards, 'BM01.XML'), SONY);
    const cubeOf = async (name: string, white: number) => {
      const path = join(temporary.path, `${name}.cube`);
      await writeFile(path, CUBE.replace('1 1 1', `${white} 1 1`));
      return path;
    };
    const [arriCube, sonyCube] = [await cubeOf('arri', 0.9), await cubeOf('sony', 0.8)];
    const looks = ['--look', `LogC3=${arriCube}`, '--look', `ilme-fx3=${sonyCube}`];
    const asked = [cards, '--output', join(temporary.path, 'dailies'), '--codec', 'h264'];

    const watch = join(temporary.path, 'watch');
    await mkdir(watch);
    const run = await plan([...asked, ...looks, '--submit', watch]);
    expect(run.exitCode).toBe(1);
    const folder = await JobFolder.create(temporary.path);
    const dropped = await folder.dropped();
    const clips = dropped.filter((line) => 'path' in line);
    const lines = clips.toSorted((a, b) => String(a['path']).localeCompare(String(b['path'])));
    const reason = expect.stringContaining(
      'Its gamma is unknown, its camera unknown: no --look matches it.',
    );
    expect(lines).toEqual([
      expect.objectContaining({
        path: join(cards, 'A.mov'),
        gamma: 'LOG-C',
        camera: 'ALEXA Mini',
        cause: null,
      }),
      expect.objectContaining({
        path: join(cards, 'B.mov'),
        gamma: 's-log3-cine',
        camera: 'ILME-FX3',
        cause: null,
      }),
      expect.objectContaining({ path: join(cards, 'C.mov'), cause: 'no_look', reason }),
    ]);
    expect(new Set(lines.map((line) => line['look'])).size).toBe(3);

    const lutsOf = async (...flags: string[]) => {
      const { report } = await planned([...asked, ...looks, ...flags]);
      const specs = report.jobs.map(({ jobspec }) =>
        parseJobSpec(Buffer.from(JSON.stringify(jobspec))),
      );
      return specs.map(({ sources, viewing }) => [
        sources.map((path) => basename(path)).join(' '),
        viewing?.look?.lut?.path,
      ]);
    };
    const each = [
      ['A.mov', arriCube],
      ['B.mov', sonyCube],
    ];
    expect(await lutsOf()).toEqual(each);
    expect(await lutsOf('--group', 'folder')).toEqual(each);
    const all = join(temporary.path, 'show.cube');
    expect(await lutsOf('--look', all)).toEqual([...each, ['C.mov', all]]);
    const slog3 = ['--look', `slog3=${all}`];
    expect(await lutsOf(...slog3)).toEqual([each[0], ['B.mov', all]]);
    const twice = await plan([...asked, ...looks, '--look', `logc3=${all}`]);
    expect(twice.stderr).toContain('--look for logc3 is given twice');
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
