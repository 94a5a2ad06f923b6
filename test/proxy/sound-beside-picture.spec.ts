import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, it } from 'vitest';
import type { Codec, Container } from '@app/jobspec';
import type { Defect } from '../defects/kinds.ts';
import { verdictOn } from '../defects/planted.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { describeFile, failedChecks, makeSource, makeCompared } from './support.ts';

const PICTURE = '-f lavfi -i testsrc2=s=320x180:r=25:d=1';
/** A click that is the 4,800th sample, 24 samples before the picture begins. */
const CLICK = "-itsoffset -0.0005 -f lavfi -i aevalsrc='0.9*eq(n,4800)|0.9*eq(n,4800)':s=48000:d=1";
const H264 = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p';

const folder = useTemporaryFolder();
let stream: string;

beforeAll(async () => {
  const lossless = '-c:a s302m -strict experimental';
  stream = await makeSource(
    join(folder.path, 'half-a-millisecond.ts'),
    PICTURE,
    CLICK,
    H264,
    lossless,
  );
});

it.each<[Codec, Container]>([
  ['prores_proxy', 'mov'],
  ['dnxhr', 'mxf'],
  ['prores_proxy', 'mkv'],
])(
  'sound that begins just before the picture is where it was, in %s in %s',
  { tags: ['night'] },
  async (...format) => {
    const made = await compared(stream, format);
    expect(failedChecks(made)).toEqual([]);
    expect(await loudestSample(made.output)).toBe(4800 - 24);
  },
);

it.each<[Codec, Container]>([
  ['h264', 'mp4'],
  ['vp9', 'webm'],
])(
  'coded sound that begins just before the picture is no difference, in %s in %s',
  async (...format) => {
    expect(failedChecks(await compared(stream, format))).toEqual([]);
  },
);

const EARLY = '-itsoffset -0.1 -f lavfi -i sine=440:r=48000:d=1';
const TRACKS = {
  alone: '-map 0:v -map 1:a',
  'beside an early track': `${EARLY} -map 0:v -map 1:a -map 2:a`,
};

it.each<[keyof typeof TRACKS, string, milliseconds?: number]>([
  ['alone', 'ts', 60],
  ['alone', 'ts'],
  ['beside an early track', 'ts'],
  ['alone', 'mpg'],
  ['alone', 'mov'],
  ['alone', 'mkv'],
])('sound that begins late stays late: %s, in %s', async (tracks, ext, milliseconds = 160) => {
  const click = "aevalsrc='0.9*eq(n,4800)|0.9*eq(n,4800)':s=48000:d=0.8";
  const late = `-itsoffset ${milliseconds / 1000} -f lavfi -i ${click}`;
  const path = join(folder.path, `late.${ext}`);
  const clip = await makeSource(path, PICTURE, late, TRACKS[tracks], H264, '-c:a mp2');
  const made = await compared(clip, ['prores_proxy', 'mov']);
  expect(failedChecks(made)).toEqual([]);
  const meant = milliseconds * 48 + 4800;
  expect(Math.abs((await loudestSample(made.output)) - meant)).toBeLessThan(48);
});

it.each(['ts', 'mpg'])('sound that begins 12 s late stays late, in %s', async (ext) => {
  const click = "-itsoffset 12 -f lavfi -i aevalsrc='0.9*eq(n,4800)|0.9*eq(n,4800)':s=48000:d=0.8";
  const pictures = '-f lavfi -i testsrc2=s=64x36:r=25:d=13';
  const path = join(folder.path, `far.${ext}`);
  const clip = await makeSource(path, pictures, click, H264, '-c:a mp2');
  const made = await compared(clip, ['prores_proxy', 'mov']);
  expect(failedChecks(made)).toEqual([]);
  expect(Math.abs((await loudestSample(made.output)) - 12 * 48_000 - 4800)).toBeLessThan(48);
});

it('sound keeps its place beside a first picture that has no time, in a program stream without its first pack', async () => {
  const click = "-f lavfi -i aevalsrc='0.9*eq(n,72000)|0.9*eq(n,72000)':s=48000:d=3";
  const coded = '-c:v libx264 -preset veryfast -bf 2 -g 12 -c:a mp2 -f vob';
  const pictures = '-f lavfi -i testsrc2=s=176x144:r=25:d=3';
  const whole = await makeSource(join(folder.path, 'whole.vob'), pictures, click, coded);
  const cut = join(folder.path, 'cut.vob');
  await writeFile(cut, (await readFile(whole)).subarray(2048));
  const made = await compared(cut, ['prores_proxy', 'mov']);
  expect(failedChecks(made)).toEqual([]);
  const heads = made.counts.source?.streams.map((stream) => 'head' in stream && stream.head);
  expect(heads).toContainEqual(expect.objectContaining({ untimedFirst: 1 }));
  const missing = 75 - (made.media.streams[0]?.packets?.count ?? 0);
  const meant = 72_000 - (missing * 48_000) / 25;
  expect(Math.abs((await loudestSample(made.output)) - meant)).toBeLessThan(48);
});

it.each(['pcm_s16le', 'aac', 'libopus'])(
  '%s that begins before the zero of an MKV is all there',
  { tags: ['night'] },
  async (codec) => {
    const click = "aevalsrc='0.9*eq(n,24000)|0.9*eq(n,24000)':s=48000:d=1";
    const clip = await makeSource(
      join(folder.path, `before-zero-${codec}.mkv`),
      `${PICTURE} -itsoffset -0.3 -f lavfi -i ${click}`,
      `-map 0:v -map 1:a ${H264} -c:a ${codec} -avoid_negative_ts disabled`,
    );
    for (const format of [
      ['prores_proxy', 'mov'],
      ['dnxhr', 'mxf'],
    ] satisfies [Codec, Container][]) {
      const made = await compared(clip, format);
      expect(failedChecks(made)).toEqual([]);
      const meant = 24_000 - 0.3 * 48_000;
      expect(Math.abs((await loudestSample(made.output)) - meant)).toBeLessThan(96); // 2 ms, with codecs
    }
  },
);

/** Tells FFmpeg that sound begins 37 ms earlier than it does. */
function misplaced(args: string[]): string[] {
  const sound = args.lastIndexOf('-itsoffset') + 1;
  return args.with(sound, String(Number(args[sound]) - 0.037));
}

it.each<[Codec, Container]>([
  ['prores_proxy', 'mov'],
  ['dnxhr', 'mxf'],
  ['h264', 'mp4'],
  ['vp9', 'webm'],
])(
  'sound that a mistake lets begin 37 ms early is found, in %s in %s',
  { tags: ['night'] },
  async (codec, container) => {
    const beeps = "aevalsrc='0.5*sin(2*PI*440*t)*lt(mod(t,0.5),0.1)':s=48000:d=0.9";
    const late = `-itsoffset 0.06 -f lavfi -i ${beeps}`;
    const clip = await makeSource(join(folder.path, 'beeps.ts'), PICTURE, late, H264, '-c:a mp2');
    const request = { codec, container, resolution: 'same', explicitFps: null };
    const output = join(folder.path, `misplaced.${container}`);
    expect(failedChecks(await makeCompared(request, clip, output))).toEqual([]);
    const [failed] = failedChecks(await makeCompared(request, clip, output, misplaced));
    expect(failed).toMatch(/^sound_start_off_ms: .*-3[67]/);
  },
);

it.each<[Codec, Container]>([
  ['prores_proxy', 'mov'],
  ['h264', 'mp4'],
])(
  'sound without a break that an encoder lets begin 40 ms late is found, in %s in %s',
  async (...format) => {
    const beeps = "-f lavfi -i aevalsrc='0.5*sin(2*PI*440*t)*lt(mod(t,0.5),0.1)':s=48000:d=1";
    const clip = join(folder.path, 'unbroken.mov');
    await makeSource(clip, PICTURE, beeps, H264, '-c:a pcm_s16le');
    const late = (defect: Defect | null) => verdictOn(clip, folder.path, format, defect);
    expect(await late(null)).toEqual([]);
    const failed = await late({ name: 'late', sound: 'adelay=40:all=1,atrim=end=1' });
    expect(failed.join()).toMatch(/sound_start_off_ms: .*"actual":\[40\]/);
  },
);

it.each([
  ['h264', 'mp4'],
  ['h265', 'mkv'],
  ['prores_proxy', 'mov'],
  ['vp9', 'webm'],
  ['dnxhr', 'mxf'],
] satisfies [Codec, Container][])(
  'sound that begins less than a millisecond late is no difference in %s in %s',
  { tags: ['night'] },
  async (codec, container) => {
    const clip = await makeSource(
      join(folder.path, 'together.mov'),
      `${PICTURE} -f lavfi -i sine=440:r=48000:d=1 ${H264} -bf 3 -c:a pcm_s16le`,
      '-output_ts_offset 0.013 -avoid_negative_ts disabled',
    );
    // The clock of the picture is coarser than that of the sound.
    expect(await startsOf(clip)).toEqual([0.012031, 0.013]);
    expect(failedChecks(await compared(clip, [codec, container]))).toEqual([]);
  },
);

async function startsOf(path: string): Promise<(number | null)[]> {
  const { streams } = await describeFile(path);
  return streams.map(({ startSeconds }) => startSeconds);
}

it('blocks of audio that are longer than a tenth of a second hold up nothing', async () => {
  const tone = '-f lavfi -i sine=440:r=8000:d=20';
  const pictures = '-f lavfi -i testsrc2=s=176x144:r=15:d=20';
  const clip = await makeSource(join(folder.path, 'phone.mp4'), pictures, tone, H264, '-c:a aac');
  expect(failedChecks(await compared(clip, ['h264', 'mp4']))).toEqual([]);
});

it('blocks of AAC that are longer than their track says are no difference', async () => {
  const tone = '-f lavfi -i sine=440:r=48000:d=1';
  const clip = await makeSource(join(folder.path, 'edited.mp4'), PICTURE, tone, H264, '-c:a aac');
  const bytes = await readFile(clip);
  const [edit, lengths] = [bytes.lastIndexOf('elst'), bytes.lastIndexOf('stts')];
  // The edit begins in the second block, of which the decoder still has 64 samples when it is zero.
  bytes.writeInt32BE(1440, edit + 16);
  // Two kinds of lengths: of all blocks and of the last, which become those of the first four and of all others.
  expect([8, 16].map((at) => bytes.readInt32BE(lengths + at))).toEqual([2, 1024]);
  const blocks = bytes.readInt32BE(lengths + 12) + 1;
  for (const [at, value] of [4, 960, blocks - 4, 1024].entries())
    bytes.writeInt32BE(value, lengths + 12 + 4 * at);
  await writeFile(clip, bytes);
  expect(failedChecks(await compared(clip, ['prores_proxy', 'mov']))).toEqual([]);
});

function compared(clip: string, [codec, container]: readonly [Codec, Container]) {
  const output = join(folder.path, `${codec}.${container}`);
  return makeCompared({ codec, container, resolution: 'same', explicitFps: null }, clip, output);
}

async function loudestSample(path: string): Promise<number> {
  const mono = ['-map', '0:a:0', '-ac', '1', '-f', 's16le', 'pipe:1'];
  const { stdout } = await execa('ffmpeg', ['-v', 'error', '-i', path, ...mono], {
    encoding: 'buffer',
  });
  const bytes = Buffer.from(stdout);
  const samples = Array.from({ length: bytes.length / 2 }, (_, n) =>
    Math.abs(bytes.readInt16LE(2 * n)),
  );
  return samples.indexOf(samples.reduce((most, one) => Math.max(most, one), 0));
}
