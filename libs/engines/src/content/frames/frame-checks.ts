import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { placeOfFrame } from '../measure/place.ts';
import { rounded } from '../measure/rounded.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import { misplacedFrames } from './misplaced.ts';
import { colourCheck } from './colours.ts';
import { strangestFrame } from './outliers.ts';
import type { FrameFacts } from './frame-comparison.ts';
import { isTiny, roughness, sampleForm } from './sample-form.ts';

type PlannedVideo = Pick<ProxyPlan, 'codec' | 'video' | 'timecode'>;

/**
 * The checks of a proxy's pictures against those of its source, one by one.
 *
 * @param wanted how many pictures the source gave.
 */
export function frameChecks(
  plan: PlannedVideo,
  facts: FrameFacts,
  wanted: number,
): VerificationCheck<ContentCheck>[] {
  const counted: VerificationCheck<ContentCheck> = {
    check: 'pictures_compared',
    expected: wanted,
    actual: facts.pictures,
    passed: facts.pictures === wanted,
  };
  if (facts.pictures === 0 || isTiny(plan.video.size)) return [counted];
  return [
    counted,
    differences(plan, facts),
    places(plan, facts),
    colourCheck(plan, facts.colours),
    ...(sampleForm(plan.video).hasAlpha ? [alpha(plan, facts)] : []),
  ];
}

function differences(plan: PlannedVideo, { numbers }: FrameFacts): VerificationCheck<ContentCheck> {
  const { frame, share, count, part, levels } = strangestFrame(numbers, roughnessOf(plan));
  const actual = { levels: rounded(levels), part, ...at(plan, frame), pictures: count };
  const tolerance = { levels: rounded(share === 0 ? 0 : levels / share), pictures: 0 };
  return { check: 'picture_differences', expected: 0, actual, tolerance, passed: count === 0 };
}

function places(plan: PlannedVideo, { numbers }: FrameFacts): VerificationCheck<ContentCheck> {
  const { count, first } = misplacedFrames(numbers, CODEC_RULES[plan.codec], roughnessOf(plan));
  const where = first === null ? {} : at(plan, first.frame);
  const actual = { pictures: count, ...where, ...(first?.like && { shows: first.like }) };
  return { check: 'pictures_out_of_place', expected: { pictures: 0 }, actual, passed: count === 0 };
}

function alpha(plan: PlannedVideo, { numbers }: FrameFacts): VerificationCheck<ContentCheck> {
  const levels = numbers.alpha;
  const worst = levels.reduce((most, level, n) => (level > (levels[most] as number) ? n : most), 0);
  const most = rounded(levels[worst] as number);
  const actual = { levels: most, ...at(plan, worst) };
  return {
    check: 'alpha_off_levels',
    expected: 0,
    actual,
    tolerance: { levels: T.alphaLevels },
    passed: most <= T.alphaLevels,
  };
}

function roughnessOf({ video }: PlannedVideo): number {
  return roughness(sampleForm(video));
}

function at({ video, timecode }: PlannedVideo, frame: number) {
  return placeOfFrame(frame, timecode, video.timing);
}
