import { JobFailure } from '@app/jobspec';
import { open } from '../../files/index.ts';
import { runProcess } from '../../process/child-process.ts';
import type { RenderCase } from './render-cases.ts';

const STALL_SECONDS = 60;
/** Corners of four colours on a moving picture: what is cut off or squeezed differs visibly. */
const CORNERS = [
  'red@1:x=0:y=0',
  'lime@1:x=iw-w:y=0',
  'blue@1:x=0:y=ih-h',
  'yellow@1:x=iw-w:y=ih-h',
].map((corner) => `drawbox=w=iw/8:h=ih/8:t=fill:color=${corner}`);

/**
 * Makes a test picture with a tone for each channel. It isn't camera RAW, which nobody can make here; everything else
 * is as in a job.
 *
 * @throws JobFailure `EngineError` when FFmpeg doesn't make it; the system's error.
 */
export async function makeTestClip(path: string, clip: RenderCase): Promise<void> {
  const { size, rate, channels, frames, times, timecode } = clip;
  const source = `testsrc2=size=${size}:rate=${rate},trim=end_frame=${frames}`;
  const tones = Array.from(
    { length: channels },
    (_, index) => `sin(${200 + 100 * index}*2*PI*t)/8`,
  );
  const [numerator = 0, denominator = 1] = rate.split('/').map(Number);
  const seconds = (frames * denominator) / numerator;
  const audio = `aevalsrc=${tones.join('|')}:s=48000:d=${seconds}`;
  const codecs = ['-c:v', 'prores_ks', '-c:a', 'pcm_s16le', '-timecode', timecode];
  const inputs = ['-f', 'lavfi', '-i', [source, ...CORNERS].join(','), '-f', 'lavfi', '-i', audio];
  const reel = ['-metadata:s:v', 'reel_name=A001C001'];
  const once = times === 1 ? path : `${path}.once.mov`;
  await make(once, [...inputs, ...codecs, ...reel]);
  if (times > 1) {
    const looped = ['-stream_loop', `${times - 1}`, '-i', `file:${once}`];
    await make(path, [
      ...looped,
      '-map',
      '0:v',
      '-map',
      '0:a',
      '-c',
      'copy',
      '-timecode',
      timecode,
    ]);
  }
  if (clip.isDamaged) await damage(path);
}

async function make(path: string, options: readonly string[]) {
  const { exitCode, stderr } = await runProcess(
    ['ffmpeg', '-v', 'error', '-nostdin', ...options, `file:${path}`],
    { stallSeconds: STALL_SECONDS, writes: path },
  );
  if (exitCode !== 0)
    throw new JobFailure('encoder_exited', {
      exit_code: exitCode,
      signal: null,
      said: stderr.trim(),
    });
}

/** A tenth of the file in its middle becomes zeros, as after a bad copy: some frames can't be decoded, and all are still there. */
async function damage(path: string) {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    await file.write(new Uint8Array(Math.floor(size / 10)), 0, null, Math.floor(size / 2));
  } finally {
    await file.close();
  }
}
