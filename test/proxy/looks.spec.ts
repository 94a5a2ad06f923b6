import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShowLut, type ProxyPlan, type ProxyRequest } from '@app/engines';
import { lookTables } from '../../libs/engines/src/ffmpeg/look-filters.ts';
import { GATE, NIGHT } from '../support/night.ts';
import { filterFiles } from '../../libs/engines/src/ffmpeg/burn-in-graph.ts';
import { writeTables } from '../../apps/runner/src/ffmpeg/look-files.ts';
import {
  describeFile,
  failedChecks,
  makeSource,
  makeCompared,
  planned,
  temporaryFolder,
} from './support.ts';
import { CubeReader } from '../../libs/engines/src/look/cube-reader.ts';
import type { RequestedLook } from '../../libs/engines/src/proxy/plan/proxy-plan.ts';

type Triple = readonly [number, number, number];
type Grade = (colour: Triple) => number[];

/** Patches of 80 by 90 pixels, six in a row. */
const PATCHES = `404040 735244 c29682 627a9d 576c43 8580b1 67bdaa d67e2c 505ba6 c15a63 5e3c6c 9dbc40
  e0a32e 383d96 469449 af363c e7c71f bb5695 0885a1 f3f3f2 c8c8c8 a0a0a0 7a7a79 555555`.split(/\s+/);
const [WIDTH, HEIGHT] = [480, 360];
const CDLS = [
  null,
  {
    slope: [1.27, 1.18, 1],
    offset: [-0.009, -0.002, 0.003],
    power: [1, 1, 1.08],
    saturation: 1.08,
  },
  { slope: [0.8, 0.9, 1], offset: [0.05, 0, 0.02], power: [1.2, 1, 0.9], saturation: 0.6 },
  { slope: [1, 1, 1], offset: [0, 0, 0], power: [1, 1, 1], saturation: 0 },
] as const;

const bent = (value: number) => Math.min(1, Math.max(0, value)) ** 0.7;
/** Looks of other shapes: each by its formula, from which its table is made. */
const LOOKS: Record<string, { size: number; at: Grade }> = {
  'a matrix and a curve': {
    size: 33,
    at: ([r, g, b]) => [
      bent(1.1 * r - 0.1 * g),
      bent(0.05 * r + 0.95 * g),
      bent(0.1 * g + 0.9 * b),
    ],
  },
  'film in 17': { size: 17, at: (colour) => colour.map((v) => v * v * (3 - 2 * v)) },
  'exchanged channels': { size: 2, at: ([r, g, b]) => [b, r, g] },
  'more than white': { size: 9, at: (colour) => colour.map((v) => 1.5 * v - 0.1) },
  'log to display': { size: 65, at: (colour) => colour.map((v) => bent((10 ** (2 * v) - 1) / 99)) },
};

const NOTHING = { size: 2, at: (colour: Triple) => [...colour] };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let source: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  const boxes = PATCHES.map((colour, at) => {
    const [x, y] = [80 * (at % 6), 90 * Math.floor(at / 6)];
    return `drawbox=x=${x}:y=${y}:w=80:h=90:color=0x${colour}:t=fill`;
  });
  source = await makeSource(
    join(folder.path, 'patches.mov'),
    `-f lavfi -i color=s=${WIDTH}x${HEIGHT}:r=25:d=0.4,format=gbrp,${boxes.join(',')},`.concat(
      'scale=out_color_matrix=bt709:out_range=tv,format=yuv444p10le,',
      'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
    ),
    '-c:v prores_ks -profile:v 4444 -color_primaries bt709 -color_trc bt709 -colorspace bt709',
  );
});
afterAll(() => folder.remove());

function lutOf({ size, at }: (typeof LOOKS)[string]): ShowLut {
  const rows = [`LUT_3D_SIZE ${size}`];
  for (let b = 0; b < size; b++)
    for (let g = 0; g < size; g++)
      for (let r = 0; r < size; r++)
        rows.push(
          at([r / (size - 1), g / (size - 1), b / (size - 1)])
            .map((v) => v.toFixed(7))
            .join(' '),
        );
  const bytes = Buffer.from(`${rows.join('\n')}\n`);
  const reader = new CubeReader();
  reader.take(bytes);
  return new ShowLut(createHash('sha256').update(bytes).digest('hex'), reader.finish());
}

async function requestOf(
  look: Omit<RequestedLook, 'becomes' | 'tablesFolder'>,
  from = source,
  kind: Partial<Pick<ProxyRequest, 'codec' | 'container'>> = {},
): Promise<ProxyRequest> {
  const tablesFolder = join(folder.path, "tables ,[x];'é:");
  await mkdir(tablesFolder, { recursive: true });
  const request: ProxyRequest = {
    codec: 'prores_4444',
    container: 'mov',
    resolution: 'same',
    explicitFps: null,
    look: { ...look, becomes: 'bt709', tablesFolder },
    ...kind,
  };
  const plan = planned(request, await describeFile(from));
  await writeTables(filterFiles(plan.video));
  return request;
}

/** The middle of each patch as Y'CbCr of 12 bits, made R'G'B' by the definition of BT.709. */
async function patchesOf(path: string): Promise<Triple[]> {
  const args = `-v error -i ${path} -frames:v 1 -f rawvideo -pix_fmt yuv444p12le -`.split(' ');
  const { stdout } = await execa('ffmpeg', args, { encoding: 'buffer', stripFinalNewline: false });
  const codes = new Uint16Array(
    stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length),
  );
  return PATCHES.map((_, at) => {
    const sums = [0, 0, 0];
    for (let y = 20; y < 70; y++)
      for (let x = 20; x < 60; x++) {
        const place = (90 * Math.floor(at / 6) + y) * WIDTH + 80 * (at % 6) + x;
        for (let plane = 0; plane < 3; plane++)
          sums[plane] =
            (sums[plane] as number) + (codes[plane * WIDTH * HEIGHT + place] as number) / 2000;
      }
    const [luma, blue, red] = sums as [number, number, number];
    const [y, u, v] = [(luma - 256) / 3504, (blue - 2048) / 3584, (red - 2048) / 3584];
    return [y + 1.5748 * v, y - 0.187324 * u - 0.468124 * v, y + 1.8556 * u];
  });
}

const unit = (value: number) => Math.min(1, Math.max(0, value));

/** A CDL by the ASC's definition. */
function graded(cdl: (typeof CDLS)[number], colour: Triple): Triple {
  if (cdl === null) return colour;
  const sop = colour.map(
    (v, at) =>
      unit(v * (cdl.slope[at] as number) + (cdl.offset[at] as number)) ** (cdl.power[at] as number),
  );
  const luma =
    0.2126 * (sop[0] as number) + 0.7152 * (sop[1] as number) + 0.0722 * (sop[2] as number);
  return sop.map((v) => unit(luma + cdl.saturation * (v - luma))) as unknown as Triple;
}

describe('24 patches', () => {
  const cases = Object.keys(LOOKS).flatMap((name) =>
    CDLS.map((cdl, at) => [name, at, cdl] as const),
  );

  // Each look and each CDL once; the others at night.
  const names = Object.keys(LOOKS);
  const isOften = ([name, at]: (typeof cases)[number]) => names.indexOf(name) % CDLS.length === at;

  it.each(cases.filter(isOften))(
    'through %s and CDL %i are at most a level of 255 off',
    async (...one) => {
      expect(await levelsOff(...one)).toBeLessThan(1);
    },
  );
  it.each(cases.filter((one) => !isOften(one)))(
    'through %s and CDL %i, one of the others, are at most a level of 255 off',
    NIGHT,
    async (...one) => {
      expect(await levelsOff(...one)).toBeLessThan(1);
    },
  );

  it('through a look that changes nothing keep their codes, on their way to R’G’B’ and back', async () => {
    expect(await levelsOff('nothing', 0, null, NOTHING)).toBeLessThan(0.3);
  });

  async function levelsOff(
    name: string,
    at: number,
    cdl: (typeof CDLS)[number],
    shape = LOOKS[name],
  ) {
    if (shape === undefined) throw new Error(name);
    const request = await requestOf({ cdl, lut: lutOf(shape), levels: 'video' });
    const output = join(folder.path, `${name.replaceAll(' ', '_')}-${at}.mov`);
    const made = await makeCompared(request, source, output);
    expect(failedChecks(made)).toEqual([]);
    expect(made.content.find(({ check }) => check === 'look_off_levels')?.actual).toBeLessThan(0.2);
    const [before, after] = [await patchesOf(source), await patchesOf(output)];
    // The formula itself for smooth looks, whose tables follow it to within half a level.
    const off = before.flatMap((colour, patch) =>
      shape
        .at(graded(cdl, colour.map(unit) as unknown as Triple))
        .map((wanted, channel) =>
          Math.abs(255 * (unit(wanted) - unit(after[patch]?.[channel] ?? -1))),
        ),
    );
    return Math.max(...off);
  }
});

describe('a picture from below black to above white', () => {
  const look = { cdl: null, lut: lutOf(NOTHING), levels: 'data' } as const;
  const STRIPES = 8;
  /** Grey stripes of the codes 11 to 1017, or what of them fits into 8 bits. */
  const stripes = async (bits: 8 | 10) => {
    const codes = bits === 8 ? 'trunc(X/40)*35.93+2.75' : 'trunc(X/40)*143.72+11';
    const [format, grey] = bits === 8 ? ['yuv420p', 128] : ['yuv444p10le', 512];
    const tags = 'range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';
    return makeSource(
      join(folder.path, `stripes-${bits}.mkv`),
      `-f lavfi -i color=s=${40 * STRIPES}x192:r=25:d=0.4,format=${format},`.concat(
        `geq=lum=${codes}:cb=${grey}:cr=${grey},setparams=${tags}`,
      ),
      '-c:v ffv1',
    );
  };
  /** The middle of each stripe, in codes of 10 bits. */
  const codesOf = async (path: string) => {
    const args = `-v error -i ${path} -frames:v 1 -vf crop=iw:2:0:96 -f rawvideo -pix_fmt yuv444p10le -`;
    const { stdout } = await execa('ffmpeg', args.split(' '), { encoding: 'buffer' });
    const luma = new DataView(stdout.buffer, stdout.byteOffset);
    return Array.from({ length: STRIPES }, (_, at) => luma.getUint16(2 * (40 * at + 20), true));
  };

  it.each([
    [10, 'prores_4444', 'mov', 1.2],
    [10, 'prores_proxy', 'mov', 2],
    [8, 'h264', 'mp4', 4],
  ] as const)('of %i bits keeps its codes in %s', async (bits, codec, container, most) => {
    const from = await stripes(bits);
    const request = await requestOf(look, from, { codec, container });
    const output = join(folder.path, `stripes-${codec}.${container}`);
    const made = await makeCompared(request, from, output);
    expect(failedChecks(made)).toEqual([]);
    const [before, after] = [await codesOf(from), await codesOf(output)];
    const off = before.map((code, at) => Math.abs(code - (after[at] ?? Infinity)));
    expect(Math.max(...off)).toBeLessThanOrEqual(most);
  });

  it('fails when it is cut to legal levels before the look', async () => {
    const from = await stripes(10);
    const lie = (args: string[]) => args.map((word) => word.replaceAll('lutyuv=y=val:', 'lutyuv='));
    const made = await makeCompared(
      await requestOf(look, from),
      from,
      join(folder.path, 'cut.mov'),
      lie,
    );
    expect(failedChecks(made).join('\n')).toContain('look_off_levels');
  });
});

/** Names of the tables that a look's filters read, in their order. */
function filesOf({ video }: ProxyPlan): string[] {
  return video.look === null ? [] : lookTables(video.look).map(({ path }) => basename(path));
}

describe('a look that isn’t the one that was asked for', () => {
  const shape = LOOKS['a matrix and a curve'] as (typeof LOOKS)[string];
  const steps = /lut1d=.*?lutrgb=[^[\]]*?3760\)(?=[,[])/g;
  type Defect = (graph: string) => string;

  describe.each<[string, typeof GATE, Defect]>([
    ['isn’t applied', GATE, (graph) => graph.replaceAll(steps, 'null')],
    ['is applied twice', NIGHT, (graph) => graph.replaceAll(steps, (found) => `${found},${found}`)],
    [
      'is applied without its LUT',
      NIGHT,
      (graph) => graph.replaceAll(/lut3d=file=(?:(?!lut3d=).)*?interp=tetrahedral,(?=lutrgb)/g, ''),
    ],
    [
      'is looked up by other means',
      NIGHT,
      (graph) => graph.replaceAll('interp=tetrahedral', 'interp=nearest'),
    ],
    [
      'ends half way through the clip',
      NIGHT,
      (graph) => graph.replaceAll('tetrahedral', String.raw`tetrahedral:enable=lt(t\,0.2)`),
    ],
    [
      'covers half of the picture',
      GATE,
      (graph) => graph.replaceAll(/lutrgb=r=/g, 'drawbox=w=iw/2:h=ih:color=gray:t=fill,lutrgb=r='),
    ],
  ])('when it %s', (what, when, defect) => {
    it('fails', when, async () => {
      const request = await requestOf({ cdl: CDLS[1], lut: lutOf(shape), levels: 'video' });
      const lie = (args: string[]) =>
        args.map((word, at) => (args[at - 1] === '-filter:v:0' ? defect(word) : word));
      const output = join(folder.path, `${what.replaceAll(/\W/g, '_')}.mov`);
      const made = await makeCompared(request, source, output, lie);
      expect(failedChecks(made).join('\n')).toContain('look_off_levels');
    });
  });

  const usual = { cdl: CDLS[1], lut: lutOf(shape), levels: 'video' } as const;
  describe.each<[string, typeof GATE, Parameters<typeof requestOf>[0]]>([
    ['has other levels', GATE, { ...usual, levels: 'data' }],
    [
      'is that of another LUT',
      NIGHT,
      { ...usual, lut: lutOf(LOOKS['film in 17'] as typeof shape) },
    ],
    ['has another CDL', NIGHT, { ...usual, cdl: CDLS[2] }],
  ])('when it %s', (what, when, other) => {
    it('fails', when, async () => {
      const media = await describeFile(source);
      const [own, its] = await Promise.all([usual, other].map((one) => requestOf(one)));
      const filtersOf = (request: ProxyRequest | undefined) =>
        request === undefined ? [] : filesOf(planned(request, media));
      const [names, others] = [filtersOf(own), filtersOf(its)];
      const lie = (args: string[]) =>
        args.map((word) =>
          names.reduce((so, name, at) => so.replaceAll(name, others[at] ?? name), word),
        );
      const output = join(folder.path, `${what.replaceAll(/\W/g, '_')}.mov`);
      const made = await makeCompared(own as ProxyRequest, source, output, lie);
      expect(failedChecks(made).join('\n')).toContain('look_off_levels');
    });
  });

  it('fails when only the proxy lacks it, by its pictures', async () => {
    const request = await requestOf({ cdl: CDLS[1], lut: lutOf(shape), levels: 'video' });
    const lie = (args: string[]) => {
      const last = args.lastIndexOf('-filter:v:0');
      return args.map((word, at) => (at === last + 1 ? word.replaceAll(steps, 'null') : word));
    };
    const made = await makeCompared(request, source, join(folder.path, 'without.mov'), lie);
    expect(failedChecks(made).join('\n')).toContain('picture_differences');
  });
});

describe('saturation, and then a steep camera LUT that clips', () => {
  const grade = (saturation: number) =>
    ({ slope: [1.05, 1, 0.97], offset: [0.01, 0, 0], power: [1, 1, 1.02], saturation }) as const;
  /** ARRI LogC3 to light, its gamut to that of BT.709, and that to codes. */
  const light = (v: number) =>
    v > 0.1496582
      ? (10 ** ((v - 0.385537) / 0.24719) - 0.052272) / 5.555556
      : (v - 0.092809) / 5.367655;
  const shape = {
    size: 33,
    at: (colour: Triple) => {
      const [r, g, b] = colour.map(light) as unknown as Triple;
      return [
        unit(1.617523 * r - 0.537287 * g - 0.080237 * b),
        unit(-0.070573 * r + 1.334613 * g - 0.264041 * b),
        unit(-0.021102 * r - 0.226954 * g + 1.248056 * b),
      ].map((v) => (v < 0.018 ? 4.5 * v : 1.099 * v ** 0.45 - 0.099));
    },
  };
  const right = { cdl: grade(1.1), lut: lutOf(shape), levels: 'video' } as const;
  const other = { size: 33, at: (colour: Triple) => shape.at(colour).map((v) => v ** 0.9) };

  /** Colours of every kind in grain. */
  const colours = () =>
    makeSource(
      join(folder.path, 'grain.mov'),
      '-f lavfi -i mandelbrot=s=640x360:r=25 -frames:v 150 -vf format=gbrp,'.concat(
        'lutrgb=r=val*0.55+40:g=val*0.55+40:b=val*0.55+40,noise=alls=6:allf=t:all_seed=4,',
        'scale=out_color_matrix=bt709:out_range=tv,format=yuv422p10le,',
        'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
      ),
      '-c:v prores_ks -profile:v 3',
    );

  it.each([1.08, 1.1])('of %d are no difference where FFmpeg rounds', async (amount) => {
    const from = await colours();
    const request = await requestOf({ ...right, cdl: grade(amount) }, from);
    const made = await makeCompared(request, from, join(folder.path, `steep-${amount}.mov`));
    expect(failedChecks(made)).toEqual([]);
  });

  type Wrong = Parameters<typeof requestOf>[0];
  const none = {
    slope: [1, 1, 1],
    offset: [0, 0, 0],
    power: [1, 1, 1],
    saturation: 1.000001,
  } as const;
  it.each<[string, Wrong, (graph: string) => string]>([
    ['no LUT', { ...right, lut: lutOf(NOTHING) }, (graph) => graph],
    ['no CDL', { ...right, cdl: none }, (graph) => graph],
    ['other saturation', { ...right, cdl: grade(1.15) }, (graph) => graph],
    ['another LUT', { ...right, lut: lutOf(other) }, (graph) => graph],
    ['other levels', { ...right, levels: 'data' }, (graph) => graph],
    [
      'saturation before slope',
      right,
      (graph) =>
        graph.replaceAll(
          /(lut1d=.*?interp=nearest),(lut3d=.*?interp=tetrahedral)(?=,lut1d)/g,
          '$2,$1',
        ),
    ],
  ])('fail with %s', NIGHT, async (what, wrong, defect) => {
    const from = await colours();
    const media = await describeFile(from);
    const [asked, used] = [await requestOf(right, from), await requestOf(wrong, from)];
    const [names, others] = [filesOf(planned(asked, media)), filesOf(planned(used, media))];
    expect(others).toHaveLength(names.length);
    const lie = (args: string[]) =>
      args.map((word) =>
        defect(names.reduce((so, name, at) => so.replaceAll(name, others[at] as string), word)),
      );
    const output = join(folder.path, `steep-${what.replaceAll(' ', '_')}.mov`);
    const made = await makeCompared(asked, from, output, lie);
    expect(failedChecks(made).join('\n')).toContain('look_off_levels');
  });
});

it('makes the same pictures on every processor', NIGHT, async () => {
  const request = await requestOf({
    cdl: CDLS[1],
    lut: lutOf(LOOKS['film in 17'] as (typeof LOOKS)[string]),
    levels: 'data',
  });
  const hashes = new Set<string>();
  for (const flags of ['0', 'sse2', 'avx2']) {
    const output = join(folder.path, `cpu-${flags}.mov`);
    const made = await makeCompared(request, source, output, (args) => [
      '-cpuflags',
      flags,
      ...args,
    ]);
    expect(failedChecks(made)).toEqual([]);
    const { stdout } = await execa('ffmpeg', ['-v', 'error', '-i', output, '-f', 'md5', '-']);
    hashes.add(stdout);
  }
  expect(hashes.size).toBe(1);
});
