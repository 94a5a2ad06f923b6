import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JobResult } from '@app/jobspec';
import { filterFiles } from '../../libs/engines/src/ffmpeg/burn-in-graph.ts';
import { writeTables } from '../../apps/runner/src/ffmpeg/look-files.ts';
import { describeFile, makeSource, planned } from '../proxy/support.ts';
import { makeR3d } from '../support/raw-fakes.ts';
import { runOnce } from '../support/runner.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const media = useTemporaryFolder();
const folder = useWatchFolder();
const CUBE =
  'LUT_3D_SIZE 2\n0 0 0\n0.9 0 0\n0 0.8 0\n0.9 0.8 0\n0 0 1\n0.9 0 1\n0 0.8 1\n0.9 0.8 1\n';
const CDL = { slope: [1.1, 1, 0.9], offset: [0, 0.01, 0], power: [1, 1, 1.1], saturation: 0.9 };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const clip = () => join(media.path, 'clip.mov');
const cube = () => join(media.path, 'show, [final]; it’s %03d.cube');

beforeAll(async () => {
  await make('clip.mov', '-timecode 10:00:00:00 -c:v prores_ks -pix_fmt yuv422p10le');
  await writeFile(cube(), CUBE);
});

const make = (name: string, encoder: string, frames = 12, filters = 'null') =>
  makeSource(
    join(media.path, name),
    `-f lavfi -i testsrc2=s=160x96:r=25 -vf ${filters} -frames:v ${frames} ${encoder}`,
  );

const lutOf = (path: string, text = CUBE) => ({ path, sha256: sha256(text) });
const look = (given: object = {}) => ({
  look: { cdl: [CDL], lut: lutOf(cube()), lut_range: 'video', becomes: 'bt709', ...given },
});

async function run(
  viewing: object,
  sources: readonly string[] = [clip()],
  roots: readonly string[] = [],
): Promise<JobResult> {
  const fields = { job_id: 'x', created_at: '2026-11-29T12:00:00Z' };
  await folder().dropJob('x.json', { jobspec_version: '2.2', ...fields, sources, viewing });
  await runOnce(folder(), { allowSourceRoots: [...roots] });
  return folder().result('x.json');
}

describe('a look that can’t be made is refused before any work', () => {
  it('when its LUT is missing', async () => {
    const path = join(media.path, 'gone.cube');
    expect(await run(look({ lut: lutOf(path) }))).toMatchObject({
      final_status: 'PARTIAL',
      failure_type: 'MissingSourcesError',
      failure_reason: `Missing source files: ${path}`,
      violations: [{ path: 'viewing.look.lut.path', message: `${path} does not exist` }],
    });
  });

  it('when its LUT is no file', async () => {
    expect(await run(look({ lut: lutOf(media.path) }))).toMatchObject({
      failure_type: 'MissingSourcesError',
      violations: [{ path: 'viewing.look.lut.path' }],
    });
  });

  it('when its LUT is outside the roots', async () => {
    const elsewhere = folder().beside('a.cube');
    await writeFile(elsewhere, CUBE);
    expect(await run(look({ lut: lutOf(elsewhere) }), [clip()], [media.path])).toMatchObject({
      failure_type: 'PathNotAllowedError',
      violations: [{ path: 'viewing.look.lut.path' }],
    });
  });

  it('when its LUT is another one', async () => {
    const result = await run(look({ lut: lutOf(cube(), 'another') }));
    const message = `viewing.look.lut.sha256 is not that of ${cube()}, which is ${sha256(CUBE)}`;
    expect(result).toMatchObject({
      failure_type: 'JobSpecValidationError',
      violations: [{ path: 'viewing.look.lut.sha256', message }],
    });
  });

  it('when its LUT isn’t understood', async () => {
    const path = join(media.path, 'broken.cube');
    await writeFile(path, CUBE.slice(0, -8));
    const result = await run(look({ lut: lutOf(path, CUBE.slice(0, -8)) }));
    expect(result.failure_type).toBe('JobSpecValidationError');
    expect(result.violations[0]?.message).toContain(`${path} can't be used: `);
  });

  it('when it is of camera RAW, and so is text', async () => {
    const raw = await makeR3d(media.path, 'A001_C001.R3D', 'RED2');
    const both = { ...look(), burn_in: [{ text: '{frame}', at: 'top-left' }] };
    const result = await run(both, [raw]);
    expect(result.failure_type).toBe('JobSpecValidationError');
    expect(result.violations.map(({ path }) => path)).toEqual(['viewing.look', 'viewing.burn_in']);
    for (const { message } of result.violations) expect(message).toContain('camera RAW');
  });
});

describe('a look is proven on', () => {
  const PQ = 'setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc';
  it.each([
    ['two fields', '-c:v prores_ks -pix_fmt yuv422p10le -flags +ildct', 'setfield=tff'],
    ['alpha', '-c:v prores_ks -pix_fmt yuva444p10le', 'null'],
    ['RGB', '-c:v png -pix_fmt rgb24', 'null'],
    ['full range', '-c:v mjpeg -pix_fmt yuvj422p -color_range pc', 'null'],
    ['HDR', '-c:v prores_ks -pix_fmt yuv422p10le', PQ],
  ])('a source of %s', { tags: ['night'] }, async (name, encoder, filters) => {
    const source = await make(`${name.replace(' ', '_')}.mov`, encoder, 12, filters);
    const result = await run(look(), [source]);
    expect(result.failure_reason).toBeNull();
    const checks = result.clips[0]?.verification ?? [];
    expect(checks.find(({ check }) => check === 'look_off_levels')?.actual).toBeLessThan(0.5);
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  });
});

it.each([
  ['smpte2084', 'bt2020', 'bt2020nc'],
  ['arib-std-b67', 'bt2020', 'bt2020nc'],
  ['unknown', 'unknown', 'unknown'],
])(
  'a CDL alone converts nothing, so the tags of the source stay: %s',
  async (trc, primaries, matrix) => {
    const tags = `setparams=color_primaries=${primaries}:color_trc=${trc}:colorspace=${matrix}`;
    const encoder = '-c:v prores_ks -pix_fmt yuv422p10le';
    const source = await make(`cdl-${trc}.mov`, encoder, 12, tags);
    const result = await run({ look: { cdl: [CDL] } }, [source]);
    expect(result.failure_reason).toBeNull();
    const tagsOf = async (path: string) => {
      const shown = 'stream=color_primaries,color_transfer,color_space';
      const words = `-v error -select_streams v -show_entries ${shown} -of json`.split(' ');
      return JSON.parse((await execa('ffprobe', [...words, path])).stdout) as unknown;
    };
    const made = result.clips[0]?.resolved_output_path ?? '';
    expect(await tagsOf(made)).toEqual(await tagsOf(source));
  },
);

it.each([
  ['a CDL', () => ({ cdl: [{ ...CDL, slope: [1, 1, 1] }] })],
  ['a LUT', () => ({ lut: lutOf(cube()), lut_range: 'video' })],
])('what %s cuts above white is told as a share of the picture', async (_, given) => {
  const superWhite = 'geq=lum=if(lt(X\\,40)\\,1000\\,500):cb=512:cr=512';
  const source = await make(
    'super-white.mov',
    '-c:v prores_ks -pix_fmt yuv422p10le',
    12,
    `format=yuv422p10le,${superWhite}`,
  );
  const result = await run({ look: { ...given(), becomes: 'bt709' } }, [source]);
  expect(result.failure_reason).toBeNull();
  expect(result.clips[0]?.warnings).toEqual([
    'The look clips highlights above its white point: about 25.0 % of the pixels that were compared.',
  ]);
});

describe('look and text together', () => {
  const burn_in = [
    { text: '{timecode}', at: 'bottom-left' },
    { text: '{date} {job_id}', at: 'top-left' },
  ];

  it('are repeated by the result, whose command makes the same bytes from tables that stay', async () => {
    const viewing = { ...look(), burn_in };
    const result = await run(viewing);
    expect(result.failure_reason).toBeNull();
    expect(result._metadata.asked?.viewing).toEqual(viewing);
    const [made] = result.clips;
    const [program = '', ...args] = made?.ffmpeg_command ?? [];
    const again = folder().beside('again.mov');
    await execa(program, [...args.slice(0, -1), again]);
    const proxy = await readFile(made?.resolved_output_path ?? '');
    expect((await readFile(again)).equals(proxy)).toBe(true);
    const tables = await readdir(folder().path('.runner', 'looks'));
    for (const name of tables.filter((one) => !args.join(' ').includes(one)))
      expect.fail(`${name} is named by no command`);
  });

  it('are refused where a clip has no reel', async () => {
    const result = await run({ burn_in: [{ text: '{reel}', at: 'top-left' }] });
    expect(result).toMatchObject({
      failure_type: 'JobSpecValidationError',
      violations: [{ path: 'viewing.burn_in[0].text' }],
    });
  });
});

it('tables aren’t read from a folder for temporary files that others may write to', async () => {
  const shared = await mkdtemp(join(tmpdir(), 'tables-'));
  await chmod(shared, 0o1777);
  const tablesFolder = join(shared, 'looks');
  await mkdir(tablesFolder);
  await chmod(tablesFolder, 0o777);
  const asked = { codec: 'h264', container: 'mp4', resolution: 'same', explicitFps: null } as const;
  const values = { source_name: 'a', job_id: 'b', date: '' };
  const texts = [{ text: 'a', at: 'top-left' }] as const;
  const { video } = planned(
    { ...asked, burnIn: { texts, values, tablesFolder } },
    await describeFile(clip()),
  );
  await expect(writeTables(filterFiles(video))).rejects.toThrow('others may write to it');
  await rm(shared, { recursive: true });
});
