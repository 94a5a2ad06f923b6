import { sampleForm } from '../content/frames/sample-form.ts';
import { fileInput, rationalToNumber } from '../media/index.ts';
import type { AudioPlan, ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { captureLabel, FROM_ZERO } from './audio-arguments.ts';
import { isFitted, provenFilters, smallFilters } from './filters.ts';
import { PICTURE_BEGINNINGS, TIMES_GOING_BACK } from './stream-changes.ts';
import { timing, TIMES } from './video-arguments.ts';

/** The descriptor of the first track's samples; each track has its own. */
export const FIRST_SOUND_PIPE = 3;

/** What the file is. */
export const CAPTURE_FORMAT = 'nut';

/**
 * Every sample is kept. In version 1 pictures have no slices, which would each begin with nothing learned; a picture goes on
 * with what those before it have taught. Golomb codes take two fifths of the time of arithmetic ones, and next to no more space.
 */
const SMALL_LOSSLESS = '-c:v ffv1 -level 1 -coder rice -context 1 -g 300 -threads:v 1'.split(' ');
/** FFV1 takes legal levels only, and FFmpeg would convert full ones for it: none are called that. Who reads them knows their range. */
const AS_THEY_ARE = 'setparams=range=tv';
/**
 * By their number: the times of some sources stand still, and nobody reads them here. In the encoder's clock: FFmpeg 9 refuses
 * pictures that come quicker than ticks of another one.
 */
const NUMBERED = 'setts=ts=N';

/**
 * What is added to FFmpeg's arguments so that the pass that encodes also tells what the source shows and how it sounds.
 * These are outputs of their own: decoded pictures and samples are shared, and the proxy's bytes stay as they are.
 */
export function captureArguments(plan: ProxyPlan, path: string): string[] {
  const { video, audio } = plan;
  const map = ['-map', `0:${video.streamIndex}`];
  // For a turn that is left out the graph is built anew, too.
  const beginning = video.ignoresRotation ? '' : `${PICTURE_BEGINNINGS},`;
  const told = `${beginning}${TIMES_GOING_BACK},`;
  return [
    [...map, ...timing(plan), ...(video.burnIn === null ? [] : TIMES)],
    ['-filter:v:0', `${told}${smallFilters(video, sampleForm(video))},${AS_THEY_ARE}`],
    [...SMALL_LOSSLESS, '-bsf:v:0', NUMBERED],
    ['-f', CAPTURE_FORMAT, fileInput(path)],
    lookLines(plan, [...map, '-fps_mode:v:0', 'passthrough']),
    audio.flatMap((track, position) => [
      ['-map', captureLabel(position)],
      rawSamples(track, position),
    ]),
  ].flat(2);
}

/** So much of a clip lies between two of the three pictures by which its look is proven: the last one comes in a shorter clip, too. */
const PART_BETWEEN = 0.45;

/** Lines before and after a look, on the pipe after those of the sound. */
function lookLines(plan: ProxyPlan, map: string[]): string[] {
  const { video, audio } = plan;
  const { look, timing } = video;
  if (look === null) return [];
  const least = leastFrames(plan);
  const perFrame = rationalToNumber(timing.sourceRate) / rationalToNumber(timing.rate);
  const pictures = isFitted(video) ? least : least * perFrame;
  const filters = provenFilters(video, look, Math.max(1, Math.floor(PART_BETWEEN * pictures)));
  const raw = ['-c:v', 'rawvideo', '-f', 'rawvideo'];
  return [...map, '-filter:v:0', filters, ...raw, `pipe:${FIRST_SOUND_PIPE + audio.length}`];
}

/** How many frames a proxy has at least, by all that its source declares; 0 where it declares nothing. */
function leastFrames({ video, declared }: ProxyPlan): number {
  const { frames, seconds, measuredSeconds, containerSeconds } = declared;
  const rate = rationalToNumber(video.timing.rate);
  const counts = [seconds, measuredSeconds, containerSeconds].map((long) => (long ?? 0) * rate);
  const told = [frames ?? 0, ...counts].filter((count) => count > 0);
  return told.length === 0 ? 0 : Math.min(...told);
}

/** The samples of a proxy's track, on a pipe of their own; of AAC from zero on, see `soundGraph`. */
export function samples(track: AudioPlan, position: number): string[] {
  return rawSamples(track, position, track.encoder === 'aac' ? [FROM_ZERO] : []);
}

/** One track's samples in the form in which they are compared, on the pipe of its number. */
export function rawSamples(
  track: AudioPlan,
  position: number,
  chain: readonly string[] = [],
): string[] {
  const { encoder, sampleRate } = track;
  const format = encoder === 'pcm_s24le' ? 's32le' : 's16le';
  return [
    ...(chain.length === 0 ? [] : ['-filter:a:0', chain.join(',')]),
    '-c:a',
    `pcm_${format}`,
    '-ar',
    String(sampleRate),
    '-f',
    format,
    `pipe:${FIRST_SOUND_PIPE + position}`,
  ];
}

/** The share of their samples' size that frames need at most, measured with 14 clips, of which half need little more than half of that. */
const MOST_OF_SAMPLES = 0.68;

/** Bytes that must be free for what a source shows, before its proxy is begun, by all that it declares; 0 where nothing says how long it is. */
export function captureBytes({ video, declared }: Pick<ProxyPlan, 'video' | 'declared'>): number {
  const { frames, seconds, measuredSeconds, containerSeconds } = declared;
  const longest = Math.max(seconds ?? 0, measuredSeconds ?? 0, containerSeconds ?? 0);
  const most = Math.max(frames ?? 0, longest * rationalToNumber(video.timing.rate));
  return Math.ceil(most * sampleForm(video).bytes * MOST_OF_SAMPLES);
}
