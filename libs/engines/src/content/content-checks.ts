import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import type { MediaInfo } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { frameChecks } from './frames/frame-checks.ts';
import type { FrameFacts } from './frames/frame-comparison.ts';
import { audioChecks, type TrackFacts } from './audio/audio-checks.ts';

/** A finished proxy and its source, as both were decoded. */
export interface ContentFacts {
  pictures: FrameFacts;
  /** How many pictures the source gave. */
  sourcePictures: number;
  /** In the order of the plan. */
  tracks: readonly TrackFacts[];
}

/** Compares what a proxy shows and how it sounds with its source. */
export async function contentChecks(
  plan: ProxyPlan,
  source: MediaInfo,
  { pictures, sourcePictures, tracks }: ContentFacts,
): Promise<VerificationCheck<ContentCheck>[]> {
  return [
    ...frameChecks(plan, pictures, sourcePictures),
    ...(await audioChecks(plan, source, tracks)),
  ];
}
