import {
  explicitRate,
  formatRational,
  fps,
  lacksTimes,
  nearestRateOf,
  positiveRational,
  type Rational,
  rationalToNumber,
  sameRational,
  shortRate,
  sourceRate,
  type SourceRate,
  type VideoStream,
  declaredFrames,
  streamDuration,
} from '../../media/index.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import type {
  PlanViolation,
  Ruling,
  TimingPlan,
  ProxyRequest,
  ClockPlan,
} from '../plan/proxy-plan.ts';

/** Accepted rates in frames per second; no camera or monitor goes beyond them, and a typo could otherwise encode for ever. */
const EXPLICIT_RATES = { lowest: 1, highest: 1000 };

/**
 * Plans the timing of the output's frames. Every frame and its PTS are kept, except at another rate that the job sets, and except
 * for a variable source in MXF, which has constant rates only.
 */
export function planTiming(
  request: ProxyRequest,
  video: VideoStream,
): Ruling<TimingPlan> | PlanViolation {
  const source = sourceRate(video);
  const wanted = request.explicitFps === null ? null : explicitRate(request.explicitFps);
  const { rates } = CONTAINER_RULES[request.container];
  const rate = wanted ?? (source && containerRate(source, rates));
  if (!rate) {
    return {
      path: 'fps_explicit',
      message: 'The source declares no frame rate. Set fps_mode to "explicit" and name it.',
    };
  }
  if (wanted && !isPlausible(wanted)) {
    const { lowest, highest } = EXPLICIT_RATES;
    return {
      path: 'fps_explicit',
      message: `A proxy can have ${lowest} to ${highest} frames per second, not ${request.explicitFps}.`,
    };
  }
  if (rates !== null && !rates.includes(formatRational(rate))) {
    return {
      path: wanted ? 'fps_explicit' : 'container',
      message: `${request.container.toUpperCase()} can't hold ${fps(rate)} frames per second. It holds ${rates.map(shortRate).join(', ')}. Take another container, or set fps_explicit to one of these.`,
    };
  }
  const sourceTiming = source ?? { rate, variable: true };
  const keepsFrames = wanted
    ? !sourceTiming.variable && sameRational(wanted, sourceTiming.rate)
    : !(sourceTiming.variable && rates !== null);
  return {
    value: {
      mode: keepsFrames ? 'passthrough' : 'constant',
      rate,
      sourceRate: sourceTiming.rate,
      guessedRate: video.frameRate,
      variable: sourceTiming.variable,
    },
    warnings: [
      ...timingWarnings(request, keepsFrames, sourceTiming, rate),
      ...untimedWarnings(video, sourceTiming.rate),
    ],
  };
}

/** Rate of a variable source in a container with few rates: its own if the container has it, else the nearest. */
function containerRate({ rate, variable }: SourceRate, rates: readonly string[] | null): Rational {
  if (!variable || rates === null || rates.includes(formatRational(rate))) return rate;
  return nearestRateOf(
    rates.flatMap((one) => positiveRational(one) ?? []),
    rate,
  );
}

function isPlausible(rate: Rational): boolean {
  const value = rationalToNumber(rate);
  return value >= EXPLICIT_RATES.lowest && value <= EXPLICIT_RATES.highest;
}

function untimedWarnings({ head }: VideoStream, rate: Rational): string[] {
  if (!lacksTimes(head)) return [];
  return [`Many pictures of the source have no time: they are shown at ${fps(rate)} per second.`];
}

function timingWarnings(
  { explicitFps, container }: ProxyRequest,
  keepsFrames: boolean,
  source: { rate: Rational; variable: boolean },
  rate: Rational,
): string[] {
  if (keepsFrames) {
    return source.variable
      ? ['The source has a variable frame rate; every frame keeps its own time.']
      : [];
  }
  if (explicitFps !== null) {
    return [
      `The job sets ${fps(rate)} frames per second and the source has ${fps(source.rate)}: frames are repeated or dropped, and the proxy won't relink by frame count.`,
    ];
  }
  return [
    `The source has a variable frame rate, which ${container.toUpperCase()} can't hold: frames are repeated or dropped to reach ${fps(rate)} per second.`,
  ];
}

/**
 * Highest average number of repeats per frame in a proxy of more frames than `MANY`: a frame shown for 40 s at 25 frames per
 * second.
 */
const MAX_REPEATS = 1000;
/** Frames that any proxy may have, an hour at 25 per second. Screen recordings have stills of minutes, but not of an hour. */
const MANY = 100_000;

/**
 * Violation for a proxy that would repeat a few frames for hours, as when one PTS of a clip is wrong and a constant rate fills the
 * gap. Frames that keep their own PTS are never repeated.
 *
 * @param plan of the same proxy. A source without a declared frame count is accepted.
 */
export function mostlyRepeated(
  { container, explicitFps }: ProxyRequest,
  video: VideoStream,
  plan: { timing: TimingPlan; clock: ClockPlan },
): PlanViolation | null {
  const { timing, clock } = plan;
  if (timing.mode === 'passthrough' && !clock.usesFrameSlots) return null;
  const stored = declaredFrames(video);
  const frames = Math.round((streamDuration(video) ?? 0) * rationalToNumber(timing.rate));
  if (stored === null || frames <= MANY || frames <= MAX_REPEATS * stored) return null;
  const [path, remedy] =
    explicitFps === null
      ? (['container', 'take another container'] as const)
      : (['fps_explicit', 'leave fps_explicit out'] as const);
  const [few, many] = [stored, frames].map((count) => count.toLocaleString('en'));
  return {
    path,
    message: `The source stores ${few} frames, and ${many} would be made of them at ${fps(timing.rate)} per second in ${container.toUpperCase()}. If its times are right, ${remedy} so that each frame keeps its own; else record or copy it again.`,
  };
}
