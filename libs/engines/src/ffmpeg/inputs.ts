import { CONFINED_INPUT, fileInput, formatRational, type Rational } from '../media/index.ts';
import type { ProxyPlan, ClockPlan, VideoPlan } from '../proxy/plan/proxy-plan.ts';
import { audioInput } from './audio-arguments.ts';

/**
 * Seconds of offset beyond which FFmpeg's threshold is raised: it takes a difference of ten seconds between tracks for a reset
 * clock, and undoes it.
 */
const FAR_SECONDS = 9;

/** Bytes of the longest block of AC-3 and E-AC-3 (ATSC A/52, E.2.3.1.3): a longer packet isn't the rest of a block. */
const LONGEST_BLOCK = 4096;
/** Packet filter that drops the first packet. */
const WITHOUT_FIRST = `noise=drop=eq(n\\,0)*lte(size\\,${LONGEST_BLOCK})`;

/**
 * Arguments of the inputs. Zero is the earliest frame; filters cut what audio tracks have before it, and fill what they lack
 * after it.
 */
export function inputs(plan: ProxyPlan, path: string): string[] {
  const { video, audio } = plan;
  const { startOffset, startOffsetAlone } = video.clock;
  const unnamed = audio.filter(({ unlabelled }) => unlabelled);
  const layouts = unnamed.flatMap(({ streamIndex }) => [`-guess_layout_max:${streamIndex}`, '0']);
  const ofAudio = [
    ...layouts,
    ...audio.flatMap(({ streamIndex, dropsFirstPacket }) =>
      packetFilters(streamIndex, [
        ...withoutRest(plan, streamIndex),
        ...(dropsFirstPacket ? [WITHOUT_FIRST] : []),
      ]),
    ),
  ];
  if (audioInput(plan) === 0)
    return input(path, startOffset, [...ofFile(plan), ...decodingOptions(video, plan), ...ofAudio]);
  const firstAudio = Math.min(...audio.map(({ offset }) => offset));
  const audioOffset = startOffsetAlone === null ? startOffset : -firstAudio;
  return [...videoInput(plan, path), ...input(path, audioOffset, [...ofFile(plan), ...ofAudio])];
}

/** Input of the video without audio: for some containers, FFmpeg's zero is the start of the streams that are read. */
export function videoInput(plan: ProxyPlan, path: string): string[] {
  const { startOffset, startOffsetAlone, reorderDelay } = plan.video.clock;
  const offset = (startOffsetAlone ?? startOffset) + reorderDelay;
  return input(path, offset, [...ofFile(plan), ...decodingOptions(plan.video, plan)]);
}

/** Options by which streams are found, and packets left out of which the demuxer knows that some of them is missing. */
function ofFile({ probeOptions, packetsRead }: ProxyPlan): string[] {
  return [...probeOptions, ...(packetsRead === null ? [] : ['-fflags', '+discardcorrupt'])];
}

/** Packet filter that drops the end of a stream. */
function withoutRest({ packetsRead }: Pick<ProxyPlan, 'packetsRead'>, streamIndex: number) {
  const packets = packetsRead?.[streamIndex];
  return packets === undefined ? [] : [`noise=drop=gte(n\\,${packets})`];
}

function packetFilters(stream: string | number, filters: readonly string[]): string[] {
  return filters.length === 0 ? [] : [`-bsf:${stream}`, filters.join(',')];
}

function input(path: string, offset: number, options: readonly string[] = []): string[] {
  const shift = (-offset).toFixed(6);
  const clock = Number(shift) === 0 ? [] : ['-itsoffset', shift];
  const isFar = Math.abs(offset) > FAR_SECONDS;
  const threshold = isFar ? ['-dts_delta_threshold', Math.abs(2 * offset).toFixed(0)] : [];
  return [...CONFINED_INPUT, ...threshold, ...clock, ...options, '-i', fileInput(path)];
}

/** FFmpeg's options before the input for decoding and timing the video. */
export function decodingOptions(
  { decoderOptions, uncropped, ignoresRotation, clock, timing, streamIndex }: VideoPlan,
  reading: Pick<ProxyPlan, 'packetsRead'> = { packetsRead: null },
): string[] {
  return [
    ...decoderOptions,
    ...(ignoresRotation ? ['-noautorotate'] : []),
    ...(uncropped ? ['-apply_cropping:v', 'codec'] : []),
    ...packetFilters('v', [
      ...withoutRest(reading, streamIndex),
      ...packetTimes(clock, timing.sourceRate),
    ]),
    ...(clock.constantRate === null ? [] : ['-r:v', formatRational(clock.constantRate)]),
  ];
}

/**
 * Packet filter that removes durations if the file's are wrong, lets the last frame fill a slot, and removes DTS if times go back:
 * FFmpeg would then take them for the times of frames.
 */
function packetTimes(
  { ignoresDurations, fillsLastSlot, enforceMonotonicPts }: ClockPlan,
  rate: Rational,
): string[] {
  if (!ignoresDurations && !fillsLastSlot && !enforceMonotonicPts) return [];
  const frame = `round(${rate.denominator}/${rate.numerator}/TB)`;
  const whole = `if(eq(NEXT_PTS\\,NOPTS)\\,max(DURATION\\,${frame})\\,DURATION)`;
  const duration = ignoresDurations ? '0' : fillsLastSlot ? whole : 'DURATION';
  const dts = enforceMonotonicPts ? 'NOPTS' : 'DTS';
  return [`setts=pts=PTS:dts=${dts}:duration=${duration}`];
}
