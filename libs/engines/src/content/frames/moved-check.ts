import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import type { NumberTable } from '../measure/number-table.ts';
import { placeOfFrame } from '../measure/place.ts';
import { rounded } from '../measure/rounded.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import { farthestMoved, type Moved } from './moved-frames.ts';
import type { FrameNumber } from './frame-comparison.ts';
import { roughness, sampleForm } from './sample-form.ts';

type PlannedVideo = Pick<ProxyPlan, 'codec' | 'video' | 'timecode'>;

/** The check of whether a proxy's pictures, and their colours, lie where they do in the source; in pixels of the proxy. */
export function movedCheck(
  plan: PlannedVideo,
  numbers: NumberTable<FrameNumber>,
): VerificationCheck<ContentCheck> {
  const { frame, pictures, ...found } = farthestMoved(numbers, movedLimits(plan));
  const [expected, actual] = [inPixels(plan, found.limits), inPixels(plan, found.moved)];
  const place = placeOfFrame(frame, plan.timecode, plan.video.timing);
  const passed = Object.entries(expected).every(
    ([name, limit]) => Math.abs(actual[name as keyof typeof actual]) <= limit,
  );
  return { check: 'moved_pixels', expected, actual: { ...actual, pictures, ...place }, passed };
}

function movedLimits(plan: PlannedVideo): Moved {
  const { leaves } = CODEC_RULES[plan.codec];
  const limit = (samples: number, pixels: number) =>
    Math.max(roughness(sampleForm(plan.video)) * samples, T.movedPixels / pixels);
  const { across, along } = pixelsOfSample(plan);
  return {
    right: limit(leaves.moved, across),
    down: limit(leaves.moved, along),
    colourRight: limit(leaves.movedColour, across),
    colourDown: limit(leaves.movedColour, along),
  };
}

/** For people; colour has half as many samples. */
function inPixels(plan: PlannedVideo, { right, down, colourRight, colourDown }: Moved) {
  const { across, along } = pixelsOfSample(plan);
  return {
    right: rounded(right * across),
    down: rounded(down * along),
    colour_right: rounded(2 * colourRight * across),
    colour_down: rounded(2 * colourDown * along),
  };
}

/** How many pixels of the proxy a sample of its small picture is wide and high. */
function pixelsOfSample({ video }: PlannedVideo): { across: number; along: number } {
  const { width, height } = sampleForm(video).size;
  return { across: video.size.width / width, along: video.size.height / height };
}
