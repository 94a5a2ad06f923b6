import { sampleForm } from '../content/frames/sample-form.ts';
import { fileInput } from '../media/index.ts';
import { lookSample } from '../content/look/look-sample.ts';
import type { AudioPlan, ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { captureLabel } from './audio-arguments.ts';
import { provenFilters, smallFilters } from './filters.ts';
import { FROM_ZERO } from './audio-filters.ts';
import { PICTURE_BEGINNINGS } from './stream-changes.ts';
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
  const beginning = video.withoutTurn ? '' : `${PICTURE_BEGINNINGS},`;
  return [
    [...map, ...timing(plan), ...(video.burnIn === null ? [] : TIMES)],
    ['-filter:v:0', `${beginning}${smallFilters(video, sampleForm(video))},${AS_THEY_ARE}`],
    [...SMALL_LOSSLESS, '-bsf:v:0', NUMBERED],
    ['-f', CAPTURE_FORMAT, fileInput(path)],
    lookLines(plan, [...map, '-fps_mode:v:0', 'passthrough']),
    audio.flatMap((track, position) => [
      ['-map', captureLabel(position)],
      rawSamples(track, position),
    ]),
  ].flat(2);
}

/** Lines before and after a look, on the pipe after those of the sound. */
function lookLines({ video, audio }: ProxyPlan, map: string[]): string[] {
  const { look, size } = video;
  if (look === null) return [];
  const filters = provenFilters(video, look, lookSample(size));
  const raw = ['-c:v', 'rawvideo', '-f', 'rawvideo'];
  return [...map, '-filter:v:0', filters, ...raw, `pipe:${FIRST_SOUND_PIPE + audio.length}`];
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
