import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobBurnIn } from '@app/jobspec';
import { planProxy, type ProxyRequest } from '@app/engines';
import { timecodeDigits } from '../../libs/engines/src/burn-in/cells.ts';
import { proxyCommand } from '../../libs/engines/src/ffmpeg/arguments.ts';
import { burnInBitmaps } from '../../libs/engines/src/ffmpeg/burn-in-graph.ts';
import { NIGHT } from '../support/night.ts';
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
  await writeTables(filterFiles(planned(request, await describeFile(source)).video));
  return request;
}

const tables = () => join(folder.path, "texts ,[x];'é:%03d");

function unwritten(asked: Partial<ProxyRequest> = {}): ProxyRequest {
  const usual = { codec: 'h264', container: 'mp4', resolution: 'same', explicitFps: null } as const;
  return { ...usual, ...asked };
}

const two = (number: number) => String(number).padStart(2, '0');

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
  return makeSource(
    join(folder.path, name),
    `-f lavfi -i testsrc2=s=${size ?? '320x180'}:r=${rate} -vf ${filters} -frames:v ${frames}${start}`,
    `-c:v prores_ks ${more || '-pix_fmt yuv422p10le'}`,
  );
};

/** Makes a proxy, which is as its source but for its text, and reads its timecodes. */
async function readBack(source: string, request: ProxyRequest) {
  const output = `${source}-proxy.${request.container}`;
  const made = await makeCompared(request, source, output);
  expect(failedChecks(made)).toEqual([]);
  return { read: await readTimecodes(output, made.plan), output, plan: made.plan };
}

describe('timecode in the picture is read back from every frame', () => {
  const atRate = async (name: string, source: Source & { timecode: string }) => {
    const path = await clip(`${name.replaceAll(/\W/g, '_')}.mov`, source);
    const { read, plan } = await readBack(path, await requestOf(path));
    const { rate, start } = plan.video.burnIn ?? {};
    if (!rate || !start) throw new Error('no timecode');
    const wanted = Array.from({ length: 30 }, (_, number) => timecodeDigits(start, rate, number));
    return { read, wanted };
  };
  it('in drop-frame, over a minute', async () => {
    const { read, wanted } = await atRate('minute', {
      rate: '30000/1001',
      timecode: '00:59:59;20',
    });
    expect(read).toEqual(wanted);
  });
  it.each<[string, Source & { timecode: string }]>([
    ['at 120', { rate: '120', timecode: '01:00:00:95' }],
    ['at 23.976', { rate: '24000/1001', timecode: '01:00:00:20' }],
    ['in drop-frame of 59.94, over ten minutes', { rate: '60000/1001', timecode: '00:09:59;50' }],
    ['at 50, over midnight', { rate: '50', timecode: '23:59:59:40' }],
  ])('%s', NIGHT, async (name, source) => {
    const { read, wanted } = await atRate(name, source);
    expect(read).toEqual(wanted);
  });

  const repeated = Array.from(
    { length: 50 },
    (_, frame) => `01:00:0${Math.floor(frame / 25)}:${two(frame % 25)}`,
  );
  it('where the rate is changed, and pictures are repeated', async () => {
    const source = await clip('slow.mov', { rate: '24', timecode: '01:00:00:00', frames: 48 });
    const { read } = await readBack(source, await requestOf(source, { explicitFps: 25 }));
    expect(read).toEqual(repeated);
  });

  it('where the rate is changed, behind a look', NIGHT, async () => {
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
    const { read } = await readBack(source, await requestOf(source, { explicitFps: 25, look }));
    expect(read).toEqual(repeated);
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
    const { read, plan } = await readBack(source, await requestOf(source));
    expect(plan.video.timing.variable).toBe(true);
    expect(read).toHaveLength(60);
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

const planOf = async (source: string, asked: Partial<ProxyRequest> = {}) =>
  planned(await requestOf(source, asked), await describeFile(source));

describe('timecode of drop-frame, read by templates', () => {
  const START = '00:59:58;00';
  const read = async (frames: number) => {
    const size = '128x64';
    const rate = '30000/1001';
    const source = await clip(`hour-${frames}.mov`, { rate, timecode: START, frames, size });
    return (await readBack(source, await requestOf(source, {}, [TIMECODE]))).read;
  };

  it('is right in every frame of some seconds', async () => {
    expect(await read(150)).toEqual(dropFrameTimecodes(START, 150));
  });

  it('is right in every frame of an hour', { ...NIGHT, timeout: 3_600_000 }, async () => {
    const frames = 107_892;
    expect(await read(frames)).toEqual(dropFrameTimecodes(START, frames));
  });
});

it('of HDR is as bright as graphics are', async () => {
  const tags = 'setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc';
  const hdr = await clip('hdr.mov', { timecode: '10:00:00:00', filters: tags });
  expect((await planOf(hdr, { codec: 'h265' })).video.burnIn?.ink).toBe(0.58);
});

describe('text that can’t be shown is a violation', () => {
  it.each<[string, readonly JobBurnIn[], Source, Partial<ProxyRequest>, string, string?]>([
    [
      'a clip without timecode',
      [TIMECODE],
      {},
      {},
      'viewing.burn_in[0].text uses {timecode}, and the clip has no timecode that the proxy can count; leave it out',
      'timecode',
    ],
    [
      'a clip without reel',
      [{ text: '{reel}', at: 'top-left' }],
      {},
      {},
      'viewing.burn_in[0].text uses {reel}, and the clip has no reel name; leave it out',
      'reel',
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
  ])('%s', async (name, texts, source, asked, message, lacks) => {
    const path = await clip(`${name.replaceAll(/\W/g, '_')}.mov`, { ...source, frames: 2 });
    const burnIn = { texts, values: VALUES, tablesFolder: tables() };
    const { violations } = planProxy({ ...unwritten(asked), burnIn }, await describeFile(path));
    expect(violations).toEqual([{ path: message.split(' ')[0], message, lacks }]);
  });
});

it('draws boxes for characters that it lacks, says so, and composes accents', async () => {
  const path = await clip('boxes.mov', { frames: 2 });
  const text = 'Ze\u0301 日α日\u0301\t';
  const burnIn = {
    texts: [{ text, at: 'top-left' }],
    values: VALUES,
    tablesFolder: tables(),
  } as const;
  const { video, warnings } = planned({ ...unwritten(), burnIn }, await describeFile(path));
  expect(video.burnIn?.texts[0]?.cells).toEqual(Array.from('Zé 日α日\u0301\t'));
  const lacking = '“日” (U+65E5), “α” (U+03B1), U+0301, U+0009';
  expect(warnings).toContain(
    `The burnt-in text has empty boxes for what its font lacks: ${lacking}.`,
  );
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
