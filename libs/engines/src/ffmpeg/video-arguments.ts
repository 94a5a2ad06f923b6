import { formatRational } from '../media/index.ts';
import { CODEC_RULES } from '../proxy/codecs/codec-rules.ts';
import { CONTAINER_RULES } from '../proxy/containers/container-rules.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { videoFilters } from './filters.ts';

const SOURCE_TICKS = ['-enc_time_base:v:0', 'demux'];

/** Key of those progress lines that report when each frame is shown in the source. */
export const FRAME_KEY = 'picture';
/** Options to report, per output frame, the number of the decoded frame, its time in ticks, and the length of a tick. */
export const TIMES = [
  '-stats_enc_pre:v:0',
  'pipe:1',
  '-stats_enc_pre_fmt:v:0',
  `${FRAME_KEY}={ni} {ptsi} {tbi}`,
];

/** Arguments of the video: frames, filters, encoder. @param stats options by which the run writes frame statistics */
export function videoArguments(plan: ProxyPlan, stats: readonly string[] = []): string[] {
  const { video } = plan;
  const rule = CODEC_RULES[plan.codec];
  return [
    timing(plan),
    stats,
    video.burnIn === null ? ['-filter:v:0', videoFilters(video)] : [],
    ['-c:v:0', rule.encoder, ...rule.options, ...video.encoderOptions],
    encoderParameters(plan),
    lastLength(plan),
    rule.tag && CONTAINER_RULES[plan.container].sampleEntries ? ['-tag:v:0', rule.tag] : [],
  ].flat();
}

/** Duration of the last frame: FFmpeg forgets it if times are changed, and MOV hides a frame without a duration. */
function lastLength({ video: { clock, timing } }: ProxyPlan): string[] {
  if (!clock.enforceMonotonicPts || timing.mode === 'constant') return [];
  const { numerator, denominator } = timing.sourceRate;
  const frame = `round(${denominator}/${numerator}/TB)`;
  return ['-bsf:v:0', `setts=duration=if(gt(DURATION\\,0)\\,DURATION\\,${frame})`];
}

/**
 * Arguments for frame timing. In `constant` mode FFmpeg counts what it repeats and drops and reports it as progress. By default
 * it drops a frame only if the frame ends more than one slot before the next slot begins, which makes the proxy up to two frames
 * too long. With a threshold of 0.5 a frame must reach the middle of its slot, which gives the nearest number of frames.
 */
export function timing({ video: { timing, clock } }: ProxyPlan): string[] {
  if (timing.mode === 'passthrough' && !clock.usesFrameSlots)
    return ['-fps_mode:v:0', 'passthrough', ...(clock.sourceTicks ? SOURCE_TICKS : [])];
  const rate = formatRational(timing.rate);
  return ['-fps_mode:v:0', 'cfr', '-r:v:0', rate, '-frame_drop_threshold', '0.5'];
}

/** Least width in pixels for bit planning (`cutree`): in narrower frames, x265 writes past the end of its memory and aborts. */
const LEAST_PLANNED = 64;

/**
 * Encoder's own parameters. For H.264, flags keep the fields and a parameter gives their order. SVT-AV1 needs a rate, which
 * FFmpeg forgets if times are changed.
 */
export function encoderParameters({
  codec,
  video: { clock, scan, size, timing },
}: ProxyPlan): string[] {
  const interlaced = scan.order !== 'progressive';
  const { encoder } = CODEC_RULES[codec];
  if (encoder === 'libx264') {
    const order = scan.order === 'bottom-first' ? 'bff=1' : 'tff=1';
    return interlaced
      ? ['-flags:v:0', '+bitexact+ildct+ilme', '-x264-params', `open-gop=0:${order}`]
      : ['-flags:v:0', '+bitexact', '-x264-params', 'open-gop=0'];
  }
  if (encoder === 'libx265') {
    const planned = size.width < LEAST_PLANNED ? ':cutree=0' : '';
    return ['-flags:v:0', '+bitexact', '-x265-params', `log-level=error:open-gop=0${planned}`];
  }
  if (encoder === 'libsvtav1' && clock.enforceMonotonicPts) {
    const { numerator, denominator } = timing.rate;
    const rate = `fps-num=${numerator}:fps-denom=${denominator}`;
    return ['-flags:v:0', '+bitexact', '-svtav1-params', rate];
  }
  return ['-flags:v:0', interlaced ? '+bitexact+ildct' : '+bitexact'];
}
