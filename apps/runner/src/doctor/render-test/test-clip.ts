import { JobFailure } from '@app/jobspec';
import { runProcess } from '../../process/child-process.ts';
import type { RenderCase } from './render-cases.ts';

const FRAMES = 24;
const TIMECODE = '10:11:12:13';
const STALL_SECONDS = 60;
/** Corners of four colours on a moving picture: what is cut off or squeezed differs visibly. */
const CORNERS = [
  'red@1:x=0:y=0',
  'lime@1:x=iw-w:y=0',
  'blue@1:x=0:y=ih-h',
  'yellow@1:x=iw-w:y=ih-h',
].map((corner) => `drawbox=w=iw/8:h=ih/8:t=fill:color=${corner}`);

/**
 * Makes a second of test picture with a tone for each channel. It isn't camera RAW, which nobody can make here; everything else
 * is as in a job.
 *
 * @throws JobFailure `EngineError` when FFmpeg doesn't make it.
 */
export async function makeTestClip(path: string, clip: RenderCase): Promise<void> {
  const { width, height, rate, channels } = clip;
  const source = `testsrc2=size=${width}x${height}:rate=${rate},trim=end_frame=${FRAMES}`;
  const tones = Array.from(
    { length: channels },
    (_, index) => `sin(${200 + 100 * index}*2*PI*t)/8`,
  );
  const seconds = FRAMES / rateOf(rate);
  const sound = `aevalsrc=${tones.join('|')}:s=48000:d=${seconds}`;
  const codecs = ['-c:v', 'prores_ks', '-c:a', 'pcm_s16le', '-timecode', TIMECODE];
  const inputs = ['-f', 'lavfi', '-i', [source, ...CORNERS].join(','), '-f', 'lavfi', '-i', sound];
  const { exitCode, stderr } = await runProcess(
    ['ffmpeg', '-v', 'error', '-nostdin', ...inputs, ...codecs, `file:${path}`],
    { stallSeconds: STALL_SECONDS },
  );
  if (exitCode !== 0)
    throw new JobFailure('encoder_exited', {
      exit_code: exitCode,
      signal: null,
      said: stderr.trim(),
    });
}

function rateOf(rate: string): number {
  const [numerator = 0, denominator = 1] = rate.split('/').map(Number);
  return numerator / denominator;
}
