import type { VerificationCheck } from '@app/jobspec';
import type { MediaInfo } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { detailChecks } from './pictures/detail-checks.ts';
import type { DetailFacts } from './pictures/detail-comparison.ts';
import { pictureChecks } from './pictures/picture-checks.ts';
import type { PictureFacts } from './pictures/picture-comparison.ts';
import { sampledLines } from './pictures/sampled-lines.ts';
import { smallPicture } from './pictures/small-picture.ts';
import { soundChecks, type TrackFacts } from './sound/sound-checks.ts';

/** A finished proxy and its source, as both were decoded. */
export interface ContentFacts {
  pictures: PictureFacts;
  detail: DetailFacts;
  /** Bytes of the source's small pictures, and of its lines. */
  sourceBytes: number;
  linesBytes: number;
  /** In the order of the plan. */
  tracks: readonly TrackFacts[];
}

/** Compares what a proxy shows and how it sounds with its source. */
export async function contentChecks(
  plan: ProxyPlan,
  source: MediaInfo,
  { pictures, detail, sourceBytes, linesBytes, tracks }: ContentFacts,
): Promise<VerificationCheck[]> {
  const wanted = sourceBytes / smallPicture(plan.picture).bytes;
  const lines = linesBytes / sampledLines(plan.picture).bytes;
  return [
    ...pictureChecks(plan, pictures, wanted),
    ...detailChecks(plan, detail, { pictures: wanted, lines }),
    ...(await soundChecks(plan, source, tracks)),
  ];
}
