import { sampleForm } from '../content/frames/sample-form.ts';
import { fileInput, rationalToNumber } from '../media/index.ts';
import type { AudioPlan, ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { captureLabel } from './audio-arguments.ts';
import { isFitted, lookProofFilters, smallFilters } from './filters.ts';
import { PICTURE_BEGINNINGS, TIMES_GOING_BACK } from './stream-changes.ts';
import { timing, TIMES } from './video-arguments.ts';

/** File descriptor of the first track's samples; each track has its own. */
export const FIRST_SOUND_PIPE = 3;

/** Container of the capture. */
export const CAPTURE_FORMAT = 'nut';

/**
 * Lossless codec of the capture. FFV1 version 1 has no slices, each of which would begin without statistics, and a frame
 * continues with the statistics of those before it. Golomb codes take two fifths of the time of arithmetic ones, and hardly more
 * space.
 */
const SMALL_LOSSLESS = '-c:v ffv1 -level 1 -coder rice -context 1 -g 300 -threads:v 1'.split(' ');
/**
 * Tags frames as limited range: FFV1 takes no other, and FFmpeg would convert full range. Whoever reads the capture knows the
 * actual range.
 */
const TAGGED_LIMITED = 'setparams=range=tv';
/**
 * Sets times by frame number: some sources repeat a time, and the capture's times aren't read. They are in the encoder's time
 * base, because in another one FFmpeg 9 refuses frames that come faster than its ticks.
 */
const NUMBERED = 'setts=ts=N';

/**
 * Arguments by which the encoding pass also captures the source's video and audio. These are outputs of their own: decoded
 * frames and samples are shared, and the proxy's bytes stay as they are.
 */
export function captureArguments(plan: ProxyPlan, path: string): string[] {
  const { video, audio } = plan;
  const map = ['-map', `0:${video.streamIndex}`];
  // A rotation that is ignored rebuilds the graph too, and would be reported as a change.
  const beginning = video.ignoresRotation ? '' : `${PICTURE_BEGINNINGS},`;
  const start = `${beginning}${TIMES_GOING_BACK},`;
  return [
    [...map, ...timing(plan), ...(video.burnIn === null ? [] : TIMES)],
    ['-filter:v:0', `${start}${smallFilters(video, sampleForm(video))},${TAGGED_LIMITED}`],
    [...SMALL_LOSSLESS, '-bsf:v:0', NUMBERED],
    ['-f', CAPTURE_FORMAT, fileInput(path)],
    lookLines(plan, [...map, '-fps_mode:v:0', 'passthrough']),
    audio.flatMap((track, position) => [
      ['-map', captureLabel(position)],
      rawSamples(track, position),
    ]),
  ].flat(2);
}

/**
 * Distance between two of the three frames by which a look is proven, as a part of the clip: below a half, so that the last one
 * exists even if the clip is a little shorter than declared.
 */
const PART_BETWEEN = 0.45;

/** Output of lines before and after a look, on the pipe after those of the audio. */
function lookLines(plan: ProxyPlan, map: string[]): string[] {
  const { video, audio } = plan;
  const { look, timing } = video;
  if (look === null) return [];
  const least = leastFrames(plan);
  const perFrame = rationalToNumber(timing.sourceRate) / rationalToNumber(timing.rate);
  const pictures = isFitted(video) ? least : least * perFrame;
  const filters = lookProofFilters(video, look, Math.max(1, Math.floor(PART_BETWEEN * pictures)));
  const raw = ['-c:v', 'rawvideo', '-f', 'rawvideo'];
  return [...map, '-filter:v:0', filters, ...raw, `pipe:${FIRST_SOUND_PIPE + audio.length}`];
}

/** Least number of frames of a proxy, by all that its source declares; 0 if it declares nothing. */
function leastFrames({ video, declared }: ProxyPlan): number {
  const { frames, seconds, measuredSeconds, containerSeconds } = declared;
  const rate = rationalToNumber(video.timing.rate);
  const counts = [seconds, measuredSeconds, containerSeconds].map((long) => (long ?? 0) * rate);
  const known = [frames ?? 0, ...counts].filter((count) => count > 0);
  return known.length === 0 ? 0 : Math.min(...known);
}

/** Output of one track's samples in the form in which they are compared, on the pipe of its number. */
export function rawSamples({ encoder, sampleRate }: AudioPlan, position: number): string[] {
  const format = encoder === 'pcm_s24le' ? 's32le' : 's16le';
  return [
    '-c:a',
    `pcm_${format}`,
    '-ar',
    String(sampleRate),
    '-f',
    format,
    `pipe:${FIRST_SOUND_PIPE + position}`,
  ];
}

/**
 * Largest size of frames in the capture relative to their samples, measured with 14 clips, half of which need little more than
 * half of it.
 */
const MOST_OF_SAMPLES = 0.68;

/** Bytes that must be free for the capture before encoding, by all that a source declares; 0 if its length is unknown. */
export function captureBytes({ video, declared }: Pick<ProxyPlan, 'video' | 'declared'>): number {
  const { frames, seconds, measuredSeconds, containerSeconds } = declared;
  const longest = Math.max(seconds ?? 0, measuredSeconds ?? 0, containerSeconds ?? 0);
  const most = Math.max(frames ?? 0, longest * rationalToNumber(video.timing.rate));
  return Math.ceil(most * sampleForm(video).bytes * MOST_OF_SAMPLES);
}
