import { countsAsSource, LINES_EVERY, sampledLines } from '../content/pictures/sampled-lines.ts';
import { smallPicture } from '../content/pictures/small-picture.ts';
import { fileInput } from '../media/index.ts';
import type { AudioPlan, ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { toldLabel } from './sound-arguments.ts';
import { lineFilters, smallFilters } from './filters.ts';
import { FROM_ZERO } from './sound-filters.ts';
import { timing } from './picture-arguments.ts';

/** The descriptor of the first track's samples; each track has its own. */
export const FIRST_SOUND_PIPE = 3;

/** Where decoded pictures of a source go, one after the other. */
export interface TapPaths {
  /** Absolute; all of them, small. */
  pictures: string;
  /** Absolute; lines of some of them. */
  lines: string;
}

/**
 * What is added to FFmpeg's arguments so that the pass that encodes also tells what the source shows and how it sounds.
 * These are outputs of their own: decoded pictures and samples are shared, and the proxy's bytes stay as they are.
 */
export function tapArguments(plan: ProxyPlan, { pictures, lines }: TapPaths): string[] {
  const { picture, audio } = plan;
  const map = ['-map', `0:${picture.streamIndex}`];
  const raw = ['-c:v', 'rawvideo', '-f', 'rawvideo'];
  return [
    [...map, ...timing(plan)],
    ['-filter:v:0', smallFilters(picture, smallPicture(picture))],
    [...raw, fileInput(pictures)],
    [...map, ...timing(plan)],
    ['-filter:v:0', lineFilters(picture, sampledLines(picture))],
    countsAsSource(picture) ? [] : ['-bsf:v:0', `noise=drop=mod(n\\,${LINES_EVERY})`],
    [...raw, fileInput(lines)],
    audio.flatMap((track, position) => [
      ['-map', toldLabel(position)],
      rawSamples(track, position),
    ]),
  ].flat(2);
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
