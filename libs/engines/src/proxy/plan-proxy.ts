import { type MediaInfo, primaryVideo } from '../media/index.ts';
import { leftOut } from './left-out.ts';
import { planPicture } from './picture/plan-picture.ts';
import type { PlanViolation, ProxyPlan } from './plan/proxy-plan.ts';
import type { ProxyRequest } from './plan/proxy-request.ts';
import { planAudio } from './sound/audio-tracks.ts';
import { planClock } from './time/clock.ts';
import { declaredLength } from './time/declared-length.ts';
import { planReelName } from './time/reel-name.ts';
import { planTimecode } from './time/start-timecode.ts';
import { planTiming } from './time/timing.ts';

export type Planning =
  | { plan: ProxyPlan; violations?: undefined }
  | { plan?: undefined; violations: readonly PlanViolation[] };

/**
 * Decides everything about one proxy. The same request and source give the same plan; nothing is read or run.
 *
 * @returns The plan, or what the codec can't do at the wanted size or rate.
 * @throws TypeError when the source has no picture: routing refuses such sources before.
 */
export function planProxy(request: ProxyRequest, source: MediaInfo): Planning {
  const video = primaryVideo(source);
  if (!video) throw new TypeError('Expected a source with a picture');
  const timing = planTiming(request, video);
  if ('path' in timing) return { violations: [timing] };
  const clock = planClock(request, source, video, timing.value);
  const picture = planPicture(request, video, timing, clock);
  if ('path' in picture) return { violations: [picture] };
  const audio = planAudio(request.container, source, video);
  const timecode = planTimecode(source, video, timing.value);
  const reel = planReelName(source, video, request.container, timecode.value);
  const rulings = [picture, audio, timecode, reel];
  return {
    plan: {
      codec: request.codec,
      container: request.container,
      picture: picture.value,
      audio: audio.value,
      timecode: timecode.value,
      reelName: reel.value,
      declared: declaredLength(request, source, video, timing.value, audio.value),
      warnings: [...rulings.flatMap(({ warnings }) => warnings), ...leftOut(source, video)],
    },
  };
}
