import type { VerificationCheck } from '@app/jobspec';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import type { NumberTable } from '../measure/number-table.ts';
import { placeOfPicture } from '../measure/place.ts';
import { rounded } from '../measure/rounded.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import { farthestMoved, type Moved } from './moved-pictures.ts';
import type { PictureNumber } from './picture-comparison.ts';
import { roughness, smallPicture } from './small-picture.ts';

type PlannedPicture = Pick<ProxyPlan, 'codec' | 'picture' | 'timecode'>;

/** The check of whether a proxy's pictures, and their colours, lie where they do in the source; in pixels of the proxy. */
export function movedCheck(
  plan: PlannedPicture,
  numbers: NumberTable<PictureNumber>,
): VerificationCheck {
  const { picture, pictures, ...found } = farthestMoved(numbers, movedLimits(plan));
  const [expected, actual] = [inPixels(plan, found.limits), inPixels(plan, found.moved)];
  const place = placeOfPicture(picture, plan.timecode, plan.picture.timing);
  const passed = Object.entries(expected).every(
    ([name, limit]) => Math.abs(actual[name as keyof typeof actual]) <= limit,
  );
  return { check: 'moved_pixels', expected, actual: { ...actual, pictures, ...place }, passed };
}

function movedLimits(plan: PlannedPicture): Moved {
  const isRough = CODEC_RULES[plan.codec].noise === 'dnx';
  const limit = (samples: number, pixels: number) =>
    Math.max(
      roughness(smallPicture(plan.picture)) * (isRough ? T.movedRough : samples),
      T.movedPixels / pixels,
    );
  const { across, along } = pixelsOfSample(plan);
  return {
    right: limit(T.moved, across),
    down: limit(T.moved, along),
    colourRight: limit(T.movedColour, across),
    colourDown: limit(T.movedColour, along),
  };
}

/** For people; colour has half as many samples. */
function inPixels(plan: PlannedPicture, { right, down, colourRight, colourDown }: Moved) {
  const { across, along } = pixelsOfSample(plan);
  return {
    right: rounded(right * across),
    down: rounded(down * along),
    colour_right: rounded(2 * colourRight * across),
    colour_down: rounded(2 * colourDown * along),
  };
}

/** How many pixels of the proxy a sample of its small picture is wide and high. */
function pixelsOfSample({ picture }: PlannedPicture): { across: number; along: number } {
  const { width, height } = smallPicture(picture).size;
  return { across: picture.size.width / width, along: picture.size.height / height };
}
