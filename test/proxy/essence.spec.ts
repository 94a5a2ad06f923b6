import { join } from 'node:path';
import { execa } from 'execa';
import type { Codec, Container } from '@app/jobspec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSource, makeProxy, temporaryFolder } from './support.ts';
import { nightUnless } from '../support/night.ts';

/**
 * Frames and sound in their places, seen and heard: each frame of a source has a luma of its own, and its sound is
 * silent but for a click. Headers can't show a proxy that is shifted; these can.
 */
const FRAMES = 40;
/** Steps of luma from one frame to the next; what a codec changes is less than half of one. */
const STEP = 5;
const CLICK_SECONDS = 0.6;
/** AAC and Opus smear a click over a block. */
const CLICK_TOLERANCE = 0.012;

const NUMBERED = (rate: string) =>
  `-f lavfi -i color=black:s=320x180:r=${rate},trim=end_frame=${FRAMES},format=gray,geq=lum=20+${STEP}*N,format=yuv420p`;
const CLICK = `-f lavfi -i aevalsrc=0.9*between(t\\,${CLICK_SECONDS}\\,${CLICK_SECONDS + 0.01}):s=48000:d=1.6`;
const LONG_GOP = '-c:v libx264 -preset veryfast -crf 8 -g 20 -bf 3 -c:a pcm_s16le';

/** AVI keeps no times: FFmpeg itself shows its B-frames late, so that it is no yardstick for the sound. */
const UNTIMED = 'an AVI with B-frames';

const SOURCES: Record<string, (path: string) => Promise<string>> = {
  'a long GOP with B-frames': (path) => makeSource(`${path}.mov`, NUMBERED('25'), CLICK, LONG_GOP),
  'an edit list that starts inside a group': async (path) => {
    const whole = await makeSource(`${path}.whole.mov`, NUMBERED('25'), CLICK, LONG_GOP);
    return makeSource(`${path}.mov`, `-ss 0.28 -i ${whole} -c copy`);
  },
  'sound that starts late': (path) =>
    makeSource(`${path}.mov`, NUMBERED('25'), `-itsoffset 0.2 ${CLICK}`, LONG_GOP),
  'a picture that starts late': (path) =>
    makeSource(`${path}.mov`, `-itsoffset 0.2 ${NUMBERED('25')}`, CLICK, LONG_GOP),
  'a transport stream': (path) =>
    makeSource(`${path}.ts`, NUMBERED('25'), CLICK, LONG_GOP.replace('pcm_s16le', 'mp2')),
  [UNTIMED]: (path) =>
    makeSource(`${path}.avi`, NUMBERED('25'), CLICK, LONG_GOP.replace('-bf 3', '-bf 2')),
  'MXF at 29.97': (path) =>
    makeSource(
      `${path}.mxf`,
      NUMBERED('30000/1001'),
      CLICK,
      '-c:v mpeg2video -b:v 20M -g 12 -bf 2 -c:a pcm_s16le -shortest',
    ),
};

const PROXIES: [codec: Codec, container: Container][] = [
  ['prores_proxy', 'mov'],
  ['h264', 'mp4'],
  ['dnxhr', 'mxf'],
  ['vp9', 'webm'],
];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

describe.each([...Object.keys(SOURCES).entries()])('%i: %s', (place, name) => {
  let source = '';
  let expected: Essence;
  beforeAll(async () => {
    source = (await SOURCES[name]?.(join(folder.path, name.replaceAll(/\W/g, '-')))) ?? '';
    expected = await essence(source);
    if (name === UNTIMED) expected.click = CLICK_SECONDS;
  });

  // Each source in one of them in the gate, in turn.
  for (const [n, [codec, container]] of PROXIES.entries())
    it(
      `keeps frames and sound in their places in ${codec} ${container}`,
      nightUnless(n === place % PROXIES.length),
      async () => {
        const output = join(folder.path, `${codec} ${name}.${container}`);
        const request = { codec, container, resolution: 'same', explicitFps: null } as const;
        await makeProxy(request, source, output);
        const made = await essence(output);
        expect(made.luma).toHaveLength(expected.luma.length);
        const worst = Math.max(...made.luma.map((y, n) => Math.abs(y - (expected.luma[n] ?? 0))));
        expect(worst).toBeLessThan(STEP / 2);
        expect(Math.abs(made.click - expected.click)).toBeLessThan(CLICK_TOLERANCE);
      },
    );
});

interface Essence {
  /** Luma of each frame, in the order in which they are shown. */
  luma: number[];
  /** Seconds from the first frame to the click. */
  click: number;
}

/** Frames and audio as a player would present them, by FFmpeg's own decoding. */
async function essence(path: string): Promise<Essence> {
  return { luma: await readLuma(path), click: await readClick(path) };
}

async function readLuma(path: string): Promise<number[]> {
  // The plane itself: FFmpeg 9 makes grey of a picture by its matrix.
  const plane = 'format=yuv444p,extractplanes=y,scale=8:8:flags=area,crop=1:1:4:4';
  const picture = `-vf ${plane} -fps_mode passthrough`;
  return [...(await decode(path, `-map 0:V:0 ${picture} -f rawvideo`))];
}

/** Sound is laid out from the time of the first frame, as a player does. */
async function readClick(path: string): Promise<number> {
  const { stdout } = await execa('ffprobe', [
    ...'-v error -select_streams V:0 -show_entries frame=pts_time -of csv=p=0'.split(' '),
    path,
  ]);
  const start = Number.parseFloat(stdout);
  const layout = '-af aresample=48000:async=1:first_pts=0 -ac 1 -f s16le';
  const bytes = await decode(path, `-map 0:a:0 ${layout}`, ['-copyts']);
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  return samples.findIndex((sample) => Math.abs(sample) > 8000) / 48_000 - start;
}

async function decode(path: string, output: string, input: string[] = []): Promise<Uint8Array> {
  const argv = ['-v', 'error', '-nostdin', ...input, '-i', path, ...output.split(' '), '-'];
  const { stdout } = await execa('ffmpeg', argv, { encoding: 'buffer' });
  return stdout;
}
