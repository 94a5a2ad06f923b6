import type { VerificationCheck } from '@app/jobspec';
import type { MediaInfo } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { pictureChecks } from './pictures/picture-checks.ts';
import type { PictureFacts } from './pictures/picture-comparison.ts';
import { smallPicture } from './pictures/small-picture.ts';
import { soundChecks, type TrackFacts } from './sound/sound-checks.ts';

/** A finished proxy and its source, as both were decoded. */
export interface ContentFacts {
  pictures: PictureFacts;
  /** Bytes of the source's small pictures. */
  sourceBytes: number;
  /** In the order of the plan. */
  tracks: readonly TrackFacts[];
}

/** Compares what a proxy shows and how it sounds with its source. */
export function contentChecks(
  plan: ProxyPlan,
  source: MediaInfo,
  { pictures, sourceBytes, tracks }: ContentFacts,
): VerificationCheck[] {
  const wanted = sourceBytes / smallPicture(plan.picture).bytes;
  return [...pictureChecks(plan, pictures, wanted), ...soundChecks(plan, source, tracks)];
}
