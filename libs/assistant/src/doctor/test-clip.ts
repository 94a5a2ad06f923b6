import { JobFailure } from '@app/jobspec';
import { open, closing } from '@app/storage';
import type { FfmpegTools } from './service.ts';
import { REEL, type RenderCase } from './render-cases.ts';

/** Common small format, so that a proxy of another size is compared by its layout and not by its detail. */
const NORMALISE = 'settb=1/25,setpts=N,format=yuv422p,scale=160:90';

/** Threshold: cutting off a tenth, squeezing or letterboxing scores below 0.65; compression costs a few hundredths. */
export const MIN_LIKENESS = 0.9;

const tone = (_: unknown, index: number) => `sin(${200 + 100 * index}*2*PI*t)/8`;

/**
 * Makes a test pattern with a tone for each channel. It isn't camera RAW, which can't be generated; all else is as in a
 * job.
 *
 * @throws JobFailure `EngineError` if FFmpeg fails; system errors
 */
export async function makeTestClip(
  { runFfmpeg }: Pick<FfmpegTools, 'runFfmpeg'>,
  path: string,
  clip: RenderCase,
): Promise<void> {
  const { size, rate, channels, frames, timecode } = clip;
  const [numerator = 0, denominator = 1] = rate.split('/').map(Number);
  const tones = `${Array.from({ length: channels }, tone).join('|')}:s=48000:d=${(frames * denominator) / numerator}`;
  const inputs = `-f lavfi -i testsrc2=size=${size}:rate=${rate},trim=end_frame=${frames} -f lavfi -i aevalsrc=${tones}`;
  const codecs = `-c:v prores_ks -c:a pcm_s16le -timecode ${timecode} -metadata:s:v reel_name=${REEL}`;
  const options = ['-nostdin', '-v', 'error', ...`${inputs} ${codecs}`.split(' '), `file:${path}`];
  const { exitCode: exit_code, stderr } = await runFfmpeg(options, { writes: path });
  const facts = { exit_code, signal: null, said: stderr.trim() };
  if (exit_code !== 0) throw new JobFailure('encoder_exited', facts);
  if (clip.isDamaged) await damage(path);
}

/**
 * Compares the frames of a clip and its proxy by FFmpeg's SSIM; 1 is identical.
 *
 * @returns `null` if FFmpeg can't compare them
 */
export async function likenessOf(
  { runFfmpeg }: Pick<FfmpegTools, 'runFfmpeg'>,
  clip: string,
  proxy: string,
): Promise<number | null> {
  const compare = `[0:v]${NORMALISE}[a];[1:v]${NORMALISE}[b];[a][b]ssim`;
  const inputs = [
    '-nostdin',
    '-v',
    'info',
    '-nostats',
    '-i',
    `file:${clip}`,
    '-i',
    `file:${proxy}`,
  ];
  const { stderr } = await runFfmpeg([...inputs, '-lavfi', compare, '-f', 'null', '-']);
  const [, all] = /SSIM .*All:([\d.]+)/.exec(stderr) ?? [];
  return all === undefined ? null : Number(all);
}

/** Zeroes a tenth of the file from its middle on, like a bad copy: all frames remain, but some can't be decoded. */
async function damage(path: string) {
  await closing(await open(path, 'r+'), async (file) => {
    const { size } = await file.stat();
    await file.write(new Uint8Array(Math.floor(size / 10)), 0, null, Math.floor(size / 2));
  });
}
