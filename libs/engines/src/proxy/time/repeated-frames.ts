import {
  declaredFrames,
  fps,
  rationalToNumber,
  streamDuration,
  type VideoStream,
} from '../../media/index.ts';
import type { ClockPlan, PlanViolation, TimingPlan } from '../plan/proxy-plan.ts';
import type { ProxyRequest } from '../plan/proxy-request.ts';

/** Times that each frame may be shown on average, in a proxy of more frames than `MANY`: 40 s at 25 frames per second. */
const MOST_TIMES = 1000;
/** Frames that any proxy may have, an hour of them at 25 per second: stills of minutes are in screen recordings, and those of an hour in none. */
const MANY = 100_000;

/**
 * A proxy that would repeat hardly more than nothing for hours, as where one time of a clip is wrong and a constant rate fills the gap. Where
 * frames keep their own times, none is repeated.
 *
 * @param plan of the same proxy. A source that doesn't declare how many frames it stores is taken as it is.
 */
export function mostlyRepeated(
  { container, explicitFps }: ProxyRequest,
  video: VideoStream,
  plan: { timing: TimingPlan; clock: ClockPlan },
): PlanViolation | null {
  const { timing, clock } = plan;
  if (timing.mode === 'passthrough' && !clock.fillsEverySlot) return null;
  const stored = declaredFrames(video);
  const frames = Math.round((streamDuration(video) ?? 0) * rationalToNumber(timing.rate));
  if (stored === null || frames <= MANY || frames <= MOST_TIMES * stored) return null;
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
