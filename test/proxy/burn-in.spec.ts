import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobBurnIn } from '@app/jobspec';
import { burnInBitmaps, planProxy, proxyCommand, type ProxyRequest } from '@app/engines';
import { GATE, NIGHT } from '../support/night.ts';
import { writeTables } from '../../apps/runner/src/ffmpeg/look-files.ts';
import {
  describeFile,
  failedChecks,
  makeClip,
  makeCompared,
  planned,
  temporaryFolder,
} from './support.ts';
import { dropFrameTimecodes, readTimecodes } from './burnt-timecode.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const VALUES = { source_name: 'A001C003', job_id: 'day-3', date: '20251228' };
const TIMECODE: JobBurnIn = { text: '{timecode}', at: 'bottom-left' };
const TEXTS: readonly JobBurnIn[] = [
  TIMECODE,
  { text: '{source_name}', at: 'bottom-right' },
  { text: '{frame}', at: 'top-left' },
  { text: '{date} {job_id} é', at: 'top-right' },
];

async function requestOf(
  source: string,
  asked: Partial<ProxyRequest> = {},
  texts: readonly JobBurnIn[] = TEXTS,
): Promise<ProxyRequest> {
  const request = {
    ...unwritten(asked),
    burnIn: { texts, values: VALUES, tablesFolder: tables() },
  };
  await mkdir(tables(), { recursive: true });
  await writeTables(planned(request, await describeFile(source)).video);
  return request;
}

const tables = () => join(folder.path, "texts ,[x];'é:%03d");

function unwritten(asked: Partial<ProxyRequest> = {}): ProxyRequest {
  const usual = { codec: 'h264', container: 'mp4', resolution: 'same', explicitFps: null } as const;
  return { ...usual, ...asked };
}

interface Source {
  rate?: string;
  timecode?: string;
  more?: string;
  filters?: string;
  frames?: number;
  size?: string;
}

const clip = (name: string, source: Source = {}) => {
  const { rate = '25', timecode, more = '', filters = 'null', frames = 30, size } = source;
  const start = timecode === undefined ? '' : ` -timecode ${timecode}`;
  return makeClip(
    join(folder.path, name),
    `-f lavfi -i testsrc2=s=${size ?? '320x180'}:r=${rate} -vf ${filters} -frames:v ${frames}${start}`,
    `-c:v prores_ks ${more || '-pix_fmt yuv422p10le'}`,
  );
};

/** Makes a proxy and reads its texts. */
async function readBack(source: string, request: ProxyRequest) {
  const output = `${source}-${request.codec}-proxy.${request.container}`;
  const made = await makeCompared(request, source, output);
  const check = made.content.find((one) => one.check === 'burn_in');
  const actual = check?.actual as { frames: number; frames_wrong: number };
  return { ...actual, failed: failedChecks(made), output, plan: made.plan };
}

const right = (frames: number) => ({ failed: [], frames, frames_wrong: 0 });

describe('text in the picture is read back from every frame', () => {
  const atRate = async (name: string, source: Source) => {
    const path = await clip(`${name.replaceAll(/\W/g, '_')}.mov`, source);
    return readBack(path, await requestOf(path));
  };
  it('in drop-frame, over a minute', async () => {
    const source = { rate: '30000/1001', timecode: '00:59:59;20' };
    expect(await atRate('minute', source)).toMatchObject(right(30));
  });
  it.each<[string, Source]>([
    ['at 120', { rate: '120', timecode: '01:00:00:95' }],
    ['at 23.976', { rate: '24000/1001', timecode: '01:00:00:20' }],
    ['in drop-frame of 59.94, over ten minutes', { rate: '60000/1001', timecode: '00:09:59;50' }],
    ['at 50, over midnight', { rate: '50', timecode: '23:59:59:40' }],
  ])('%s', NIGHT, async (name, source) => {
    expect(await atRate(name, source)).toMatchObject(right(30));
  });

  const inCodec = async (asked: Partial<ProxyRequest>) => {
    const size = asked.resolution === 'quarter' ? '1920x1080' : '320x180';
    const source = await clip(`codecs-${size}.mov`, { timecode: '10:00:00:00', size });
    return readBack(source, await requestOf(source, asked));
  };
  it('in DNxHR in MXF', async () => {
    expect(await inCodec({ codec: 'dnxhr', container: 'mxf' })).toMatchObject(right(30));
  });
  it.each<[string, Partial<ProxyRequest>]>([
    [
      'ProRes Proxy at a quarter of HD',
      { codec: 'prores_proxy', container: 'mov', resolution: 'quarter' },
    ],
    ['VP9 in WebM, which holds no timecode', { codec: 'vp9', container: 'webm' }],
    ['H.265 at a quarter of HD', { codec: 'h265', resolution: 'quarter' }],
  ])('in %s', NIGHT, async (_, asked) => {
    expect(await inCodec(asked)).toMatchObject(right(30));
  });

  it(
    'of two fields, with alpha, and of HDR, whose ink is as bright as graphics are',
    NIGHT,
    async () => {
      const timecode = '10:00:00:00';
      const fields = { filters: 'setfield=tff', more: '-pix_fmt yuv422p10le -flags +ildct' };
      const interlaced = await clip('fields.mov', { ...fields, timecode });
      const asked = { codec: 'prores_lt', container: 'mov' } as const;
      const plan = planned(await requestOf(interlaced, asked), await describeFile(interlaced));
      expect(plan.video.scan.order).toBe('top-first');
      expect(await readBack(interlaced, await requestOf(interlaced, asked))).toMatchObject(
        right(30),
      );

      const alpha = await clip('alpha.mov', { timecode, more: '-pix_fmt yuva444p10le' });
      const keyed = await requestOf(alpha, { codec: 'prores_4444', container: 'mov' });
      expect(await readBack(alpha, keyed)).toMatchObject(right(30));

      const tags = 'setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc';
      const hdr = await clip('hdr.mov', { timecode, filters: tags });
      const made = await readBack(hdr, await requestOf(hdr, { codec: 'h265' }));
      expect(made).toMatchObject(right(30));
      expect(made.plan.video.burnIn?.ink).toBe(0.58);
    },
  );

  it('where the rate is changed, and pictures are repeated', async () => {
    const source = await clip('slow.mov', { rate: '24', timecode: '01:00:00:00', frames: 48 });
    const made = await readBack(source, await requestOf(source, { explicitFps: 25 }));
    expect(made).toMatchObject(right(50));
    const read = await readTimecodes(made.output, made.plan);
    expect(read).toEqual(
      read.map((_, frame) => `01:00:0${Math.floor(frame / 25)}:${two(frame % 25)}`),
    );
  });

  it('where the rate is changed, behind a look', { tags: ['night'] }, async () => {
    const source = await clip('slow.mov', { rate: '24', timecode: '01:00:00:00', frames: 48 });
    const triple = [0.9, 1, 1.1] as const;
    const cdl = { slope: triple, offset: [0, 0, 0], power: triple, saturation: 0.8 } as const;
    const look = {
      cdl,
      lut: null,
      levels: 'video',
      becomes: 'bt709',
      tablesFolder: tables(),
    } as const;
    expect(
      await readBack(source, await requestOf(source, { explicitFps: 25, look })),
    ).toMatchObject(right(50));
  });

  it('of a variable rate by the time of each', async () => {
    // Pictures at 0, 1, 2, 4, 5, 6, 8 … 25ths of a second.
    const filters = 'select=mod(n+1\\,4)';
    const more = '-pix_fmt yuv422p10le -fps_mode passthrough';
    const source = await clip('variable.mov', {
      timecode: '01:00:00:00',
      filters,
      more,
      frames: 60,
    });
    const made = await readBack(source, await requestOf(source));
    expect(made).toMatchObject(right(60));
    const { output, plan } = made;
    expect(plan.video.timing.variable).toBe(true);
    const read = await readTimecodes(output, plan);
    expect(read.slice(0, 6).map((text) => text.slice(-2))).toEqual([
      '00',
      '01',
      '02',
      '04',
      '05',
      '06',
    ]);
  });
});

const two = (number: number) => String(number).padStart(2, '0');
const planOf = async (source: string, asked: Partial<ProxyRequest> = {}) =>
  planned(await requestOf(source, asked), await describeFile(source));

describe('timecode of drop-frame, read by templates', () => {
  const START = '00:59:58;00';
  const read = async (frames: number) => {
    const size = '128x64';
    const rate = '30000/1001';
    const source = await clip(`hour-${frames}.mov`, { rate, timecode: START, frames, size });
    const request = await requestOf(source, {}, [TIMECODE]);
    const output = `${source}.mp4`;
    const made = await makeCompared(request, source, output);
    expect(failedChecks(made)).toEqual([]);
    return readTimecodes(output, made.plan);
  };

  it('is right in every frame of some seconds', async () => {
    expect(await read(150)).toEqual(dropFrameTimecodes(START, 150));
  });

  it('is right in every frame of an hour', { ...NIGHT, timeout: 3_600_000 }, async () => {
    const frames = 107_892;
    expect(await read(frames)).toEqual(dropFrameTimecodes(START, frames));
  });
});

describe('text that isn’t the one that was asked for ends the clip', () => {
  const texts: readonly JobBurnIn[] = [TIMECODE, { text: '{source_name}', at: 'top-left' }];

  describe.each<[string, typeof GATE, (graph: string) => string]>([
    [
      'isn’t there',
      NIGHT,
      (graph) => graph.replaceAll(/overlay=x=\d+:y=\d+:/g, 'overlay=x=W:y=H:'),
    ],
    ['is a frame late', GATE, (graph) => graph.replaceAll('round(t*', 'round(-1+t*')],
    ['stands still', NIGHT, (graph) => graph.replaceAll('round(t*', 'round(0*')],
    [
      'lies elsewhere',
      GATE,
      (graph) => graph.replaceAll(/overlay=x=8:y=(\d+):/g, 'overlay=x=16:y=$1:'),
    ],
  ])('when it %s', (what, when, defect) => {
    it('fails the clip', when, async () => {
      const source = await clip('defects.mov', { timecode: '10:00:00:00' });
      const request = await requestOf(source, {}, texts);
      const output = join(folder.path, `${what.replaceAll(/\W/g, '_')}.mp4`);
      const made = await makeCompared(request, source, output, (args) => args.map(defect));
      expect(failedChecks(made).join('\n')).toContain('burn_in');
    });
  });

  it('when it is another clip’s', async () => {
    const source = await clip('defects.mov', { timecode: '10:00:00:00' });
    const request = await requestOf(source, {}, texts);
    const values = { ...VALUES, source_name: 'A001C004' };
    const other = { ...request, burnIn: { texts, tablesFolder: tables(), values } };
    const media = await describeFile(source);
    await writeTables(planned(other, media).video);
    const [own = '', its = ''] = [request, other].map((one) => {
      const { burnIn } = planned(one, media).video;
      return burnIn === null ? '' : burnInBitmaps(burnIn)[1]?.path;
    });
    const output = join(folder.path, 'other.mp4');
    const made = await makeCompared(request, source, output, (args) =>
      args.map((word) => word.replace(own, its)),
    );
    const failed = failedChecks(made).join('\n');
    expect(failed).toContain('"wanted":"A001C003","read":"A001C004"');
  });
});

describe('text that can’t be shown is a violation', () => {
  it.each<[string, readonly JobBurnIn[], Source, Partial<ProxyRequest>, string]>([
    [
      'a clip without timecode',
      [TIMECODE],
      {},
      {},
      'viewing.burn_in[0].text uses {timecode}, and the clip has no timecode that the proxy can count; leave it out',
    ],
    [
      'a clip without reel',
      [{ text: '{reel}', at: 'top-left' }],
      {},
      {},
      'viewing.burn_in[0].text uses {reel}, and the clip has no reel name; leave it out',
    ],
    [
      'a character without glyph',
      [{ text: '日', at: 'top-left' }],
      {},
      {},
      'viewing.burn_in[0].text can’t be drawn: there is no glyph for “日” (U+65E5)',
    ],
    [
      'a control character',
      [{ text: 'a\tb', at: 'top-left' }],
      {},
      {},
      'viewing.burn_in[0].text can’t be drawn: there is no glyph for U+0009',
    ],
    [
      'too long a text',
      [{ text: 'x'.repeat(50), at: 'top-left' }],
      {},
      {},
      'viewing.burn_in[0].text has 50 characters, which don’t fit into the proxy of 320x180; make it shorter, or the proxy larger',
    ],
    [
      'texts that overlap at this size',
      [
        { text: 'x'.repeat(24), at: 'top-left' },
        { text: 'y'.repeat(24), at: 'top-right' },
      ],
      {},
      {},
      'viewing.burn_in[1].text overlaps viewing.burn_in[0].text in a proxy of this size; make both shorter, put one elsewhere, or make the proxy larger',
    ],
  ])('%s', async (name, texts, source, asked, message) => {
    const path = await clip(`${name.replaceAll(/\W/g, '_')}.mov`, { ...source, frames: 2 });
    const burnIn = { texts, values: VALUES, tablesFolder: tables() };
    const { violations } = planProxy({ ...unwritten(asked), burnIn }, await describeFile(path));
    expect(violations).toEqual([{ path: message.split(' ')[0], message }]);
  });
});

it('draws the same pixels with every FFmpeg, by bitmaps of its own', NIGHT, async () => {
  const source = await clip('same.mov', { timecode: '10:00:00:00' });
  const plan = await planOf(source);
  const names = plan.video.burnIn === null ? [] : burnInBitmaps(plan.video.burnIn);
  for (const { path, bytes } of names) {
    const args = ['-v', 'error', '-f', 'pbm_pipe', '-i', `file:${path}`, '-f', 'rawvideo', '-'];
    const { stdout } = await execa('ffmpeg', args, {
      encoding: 'buffer',
      stripFinalNewline: false,
    });
    expect(Buffer.from(bytes).subarray(-stdout.length).equals(stdout)).toBe(true);
  }
  expect(names).toHaveLength(5);
});

it('is made again by the command of its result, byte for byte', async () => {
  const source = await clip('again.mov', { timecode: '10:00:00:00' });
  const request = await requestOf(source);
  const { plan, output } = await readBack(source, request);
  const again = join(folder.path, 'again.mp4');
  const [program = '', ...args] = proxyCommand(plan, { input: source, output: again });
  await execa(program, args);
  expect((await readFile(again)).equals(await readFile(output))).toBe(true);
});
