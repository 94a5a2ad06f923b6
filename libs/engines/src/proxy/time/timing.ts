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
} from '../../media/index.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import type { PlanViolation, Ruling, TimingPlan } from '../plan/proxy-plan.ts';
import type { ProxyRequest } from '../plan/proxy-request.ts';

const GOES_BACK =
  'Times of the source go back: such a frame is shown 1 ms after the one before it. Check the proxy.';

/** Frames per second; no camera or monitor goes beyond them, and a slip of the keyboard would encode for ever. */
const EXPLICIT_RATES = { lowest: 1, highest: 1000 };

/**
 * How the output's frames are timed. Every frame and its time are kept, but for two cases: a rate that the job sets, and
 * a variable source in MXF, which knows constant rates only.
 */
export function planTiming(
  request: ProxyRequest,
  video: VideoStream,
): Ruling<TimingPlan> | PlanViolation {
  const source = sourceRate(video);
  const wanted = request.explicitFps === null ? null : explicitRate(request.explicitFps);
  const { rates } = CONTAINER_RULES[request.container];
  const rate = wanted ?? (source && heldRate(source, rates));
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
      ...(video.head?.goesBack ? [GOES_BACK] : []),
    ],
  };
}

/** What a variable source becomes where a container has few rates: the nearest of them, if its own is none. */
function heldRate({ rate, variable }: SourceRate, rates: readonly string[] | null): Rational {
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
