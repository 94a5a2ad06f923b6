import {
  planProxy,
  rationalToNumber,
  withMeasuredTimes,
  type ClipOutcome,
  type MediaInfo,
  type ProxyPlan,
  type ProxyRequest,
} from '@app/engines';

/** A run that has ended, and when its pictures are shown in the source. */
export interface Attempt {
  outcome: ClipOutcome;
  pictureTimes: readonly number[] | null;
}

interface Planned {
  plan: ProxyPlan;
  source: MediaInfo;
}

/** The checks of a proxy's times. */
const OF_TIMES = new Set(['frame_times_off_ms', 'frames_in_order']);

/**
 * A plan by the times of all pictures, where one by the first of them made another proxy than was expected: a recording may
 * begin at a rate and have a step in its times later. `null` where times weren't the reason, or lead to the same plan.
 */
export function measuredPlan(
  request: ProxyRequest,
  { plan: planned, source }: Planned,
  { outcome, pictureTimes }: Attempt,
): Planned | null {
  const hasEnded = isOutOfTurn(outcome);
  // At a rate, two pictures that are near each other have one time; by their own times, none has.
  const endsOutOfTurn = hasEnded && planned.picture.clock.sourceTicks;
  const isOff = outcome.verification.some(({ check, passed }) => !passed && OF_TIMES.has(check));
  if (outcome.failure === null || (!hasEnded && !isOff)) return null;
  const frameSeconds = 1 / rationalToNumber(planned.picture.timing.sourceRate);
  const told = withMeasuredTimes(source, { times: pictureTimes, endsOutOfTurn, frameSeconds });
  const { plan } = told === null ? {} : planProxy(request, told);
  if (!plan || told === null) return null;
  const isSame = JSON.stringify(plan.picture) === JSON.stringify(planned.picture);
  return isSame ? null : { plan, source: told };
}

/** FFmpeg writes no picture whose time isn't after that of the one before it. */
function isOutOfTurn({ failure, stderr }: ClipOutcome): boolean {
  return failure?.type === 'EngineError' && /non[- ]monoton/i.test(stderr ?? '');
}
