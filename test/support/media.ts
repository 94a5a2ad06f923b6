import { readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { execa } from 'execa';
import { fromCache } from './fixture-cache.ts';

const QUIET = ['-v', 'error', '-nostdin', '-y'];
/** No versions and no random identifiers in the output. */
const REPEATABLE = ['-flags:v', '+bitexact', '-flags:a', '+bitexact', '-fflags', '+bitexact'];

/** Video encoders small clips are made with: fast, without B-frames, every setting that a test may rely on explicit. */
const ENCODERS = {
  h264: ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-pix_fmt', 'yuv420p'],
  hevc: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error'],
  prores: ['-c:v', 'prores_ks', '-profile:v', 'proxy', '-pix_fmt', 'yuv422p10le'],
  dnxhr: ['-c:v', 'dnxhd', '-profile:v', 'dnxhr_lb', '-pix_fmt', 'yuv422p'],
  mpeg2: ['-c:v', 'mpeg2video', '-pix_fmt', 'yuv420p'],
  jpeg2000: ['-c:v', 'jpeg2000', '-pix_fmt', 'yuv422p10le'],
  mjpeg: ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj422p'],
  png: ['-c:v', 'png', '-pix_fmt', 'rgb24'],
  tiff: ['-c:v', 'tiff', '-pix_fmt', 'rgb24'],
  gif: ['-c:v', 'gif'],
  vp9: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'],
  av1: ['-c:v', 'libsvtav1', '-preset', '10'],
  ffv1: ['-c:v', 'ffv1', '-pix_fmt', 'yuv422p10le'],
  rawvideo: ['-c:v', 'rawvideo', '-pix_fmt', 'yuv420p'],
} as const;

/** Audio encoders by extension; PCM wherever the container takes it. */
const AUDIO_ENCODERS: Readonly<Record<string, string>> = {
  '.mp4': 'aac',
  '.m4a': 'aac',
  '.webm': 'libopus',
  '.mp3': 'mp2',
  '.ts': 'mp2',
};

export interface ClipOptions {
  /** `null` for audio only. */
  codec?: keyof typeof ENCODERS | null;
  width?: number;
  height?: number;
  /** Frames per second, a rational such as `24000/1001`. */
  rate?: string;
  frames?: number;
  /** Channels of each audio track, in order: `[2, 1]` is a stereo and a mono track. 48 kHz tones. */
  audioTracks?: readonly number[];
  /** `01:00:00:00`, or `01:00:00;00` for drop-frame. */
  timecode?: string;
  /** FFmpeg's muxer, when the extension doesn't tell (`mov`, `mxf`, `mxf_opatom`, …). */
  container?: string;
  /** Further output options, after all others. */
  outputArguments?: readonly string[];
}

/**
 * Makes a small clip with FFmpeg: 320x180, 25 fps, 10 frames of moving H.264 without sound unless told otherwise.
 * The same options give the same bytes.
 *
 * @returns its path
 */
export async function makeSource(
  dir: string,
  name: string,
  options: ClipOptions = {},
): Promise<string> {
  const path = join(dir, name);
  const { codec = 'h264', audioTracks = [] } = options;
  const pictures = codec === null ? [] : [pictureSource(options)];
  const tones = audioTracks.map((channels, track) => toneSource(options, channels, track));
  const inputs = [...pictures, ...tones];
  const audio = tones.length > 0 ? ['-c:a', AUDIO_ENCODERS[extname(name)] ?? 'pcm_s16le'] : [];
  const args = [
    ...QUIET,
    ...inputs.flatMap((source) => ['-f', 'lavfi', '-i', source]),
    ...inputs.flatMap((_, index) => ['-map', `${index}`]),
    ...(codec === null ? [] : ENCODERS[codec]),
    ...audio,
    ...(options.timecode ? ['-timecode', options.timecode] : []),
    ...(options.container ? ['-f', options.container] : []),
    ...REPEATABLE,
    ...(options.outputArguments ?? []),
  ];
  await fromCache(path, args, (output) => execa('ffmpeg', [...args, `file:${output}`]));
  return path;
}

/** Copies the streams of a clip into another file beside it, without encoding. */
export async function remux(
  path: string,
  name: string,
  options: { inputArguments?: readonly string[]; outputArguments?: readonly string[] },
): Promise<string> {
  const target = join(dirname(path), name);
  const { inputArguments = [], outputArguments = [] } = options;
  const input = [...inputArguments, '-i', `file:${path}`];
  const output = ['-c', 'copy', ...REPEATABLE, ...outputArguments, `file:${target}`];
  await execa('ffmpeg', [...QUIET, ...input, ...output]);
  return target;
}

/** Replaces every occurrence of some bytes in a file by as many others; fails when there is none. */
export async function patchBytes(path: string, from: Buffer, to: Buffer): Promise<void> {
  if (from.length !== to.length) throw new Error('Expected as many new bytes as old ones');
  const bytes = await readFile(path);
  let position = bytes.indexOf(from);
  if (position === -1) throw new Error(`Expected ${from.toString('hex')} in ${path}`);
  for (; position !== -1; position = bytes.indexOf(from, position + to.length))
    to.copy(bytes, position);
  await writeFile(path, bytes);
}

function pictureSource({ width = 320, height = 180, rate = '25', ...rest }: ClipOptions): string {
  return `testsrc2=size=${width}x${height}:rate=${rate},trim=end_frame=${rest.frames ?? 10}`;
}

/** A tone as long as the picture; each track has its own pitch, so that tracks can be told apart. */
function toneSource({ rate = '25', frames = 10 }: ClipOptions, channels: number, track: number) {
  const pitch = 220 * (track + 1);
  const tone = Array.from({ length: channels }, () => `sin(2*PI*${pitch}*t)/4`).join('|');
  const [numerator = 25, denominator = 1] = rate.split('/').map(Number);
  const seconds = ((frames * denominator) / numerator).toFixed(6);
  return `aevalsrc=exprs=${tone}:sample_rate=48000:duration=${seconds}`;
}
