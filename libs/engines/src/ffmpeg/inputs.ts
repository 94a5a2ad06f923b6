import { CONFINED_INPUT, fileInput } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { decodingOptions } from './decoding-options.ts';
import { audioInput } from './audio-arguments.ts';

/** Seconds; at ten, FFmpeg takes a difference between tracks for a clock that was set anew, and undoes it. */
const FAR_SECONDS = 9;

/** Zero is the earliest picture; filters fill or cut what the audio tracks have before or after it. */
export function inputs(plan: ProxyPlan, path: string): string[] {
  const { video, audio, probeOptions } = plan;
  const { startOffset, startOffsetAlone } = video.clock;
  const unnamed = audio.filter(({ unlabelled }) => unlabelled);
  const layouts = unnamed.flatMap(({ streamIndex }) => [`-guess_layout_max:${streamIndex}`, '0']);
  if (audioInput(plan) === 0)
    return input(path, startOffset, [...probeOptions, ...decodingOptions(video), ...layouts]);
  const firstAudio = Math.min(...audio.map(({ offset }) => offset));
  const audioOffset = startOffsetAlone === null ? startOffset : -firstAudio;
  return [...videoInput(plan, path), ...input(path, audioOffset, [...probeOptions, ...layouts])];
}

/** The picture without any sound: of some containers FFmpeg counts from the start of what is read. */
export function videoInput({ video, probeOptions }: ProxyPlan, path: string): string[] {
  const { startOffset, startOffsetAlone, reorderDelay } = video.clock;
  const offset = (startOffsetAlone ?? startOffset) + reorderDelay;
  return input(path, offset, [...probeOptions, ...decodingOptions(video)]);
}

function input(path: string, offset: number, options: readonly string[] = []): string[] {
  const shift = (-offset).toFixed(6);
  const clock = Number(shift) === 0 ? [] : ['-itsoffset', shift];
  const isFar = Math.abs(offset) > FAR_SECONDS;
  const leap = isFar ? ['-dts_delta_threshold', Math.abs(2 * offset).toFixed(0)] : [];
  return [...CONFINED_INPUT, ...leap, ...clock, ...options, '-i', fileInput(path)];
}
