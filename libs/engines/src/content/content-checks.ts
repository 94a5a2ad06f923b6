import type { VerificationCheck } from '@app/jobspec';
import type { MediaInfo } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { detailChecks } from './pictures/detail-checks.ts';
import type { DetailFacts } from './pictures/detail-comparison.ts';
import { pictureChecks } from './pictures/picture-checks.ts';
import type { PictureFacts } from './pictures/picture-comparison.ts';
import { audioChecks, type TrackFacts } from './audio/audio-checks.ts';

/** A finished proxy and its source, as both were decoded. */
export interface ContentFacts {
  pictures: PictureFacts;
  detail: DetailFacts;
  /** How many pictures the source gave, and of how many it gave lines. */
  sourceCounts: { pictures: number; lines: number };
  /** In the order of the plan. */
  tracks: readonly TrackFacts[];
}

/** Compares what a proxy shows and how it sounds with its source. */
export async function contentChecks(
  plan: ProxyPlan,
  source: MediaInfo,
  { pictures, detail, sourceCounts, tracks }: ContentFacts,
): Promise<VerificationCheck[]> {
  return [
    ...pictureChecks(plan, pictures, sourceCounts.pictures),
    ...detailChecks(plan, detail, sourceCounts),
    ...(await audioChecks(plan, source, tracks)),
  ];
}
