import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { placeOfFrame } from '../measure/place.ts';
import { rounded } from '../measure/rounded.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import { misplacedFrames } from './misplaced.ts';
import { movedCheck } from './moved-check.ts';
import { colourShare } from './colour-fit.ts';
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
    movedCheck(plan, facts.numbers),
    colours(facts, roughnessOf(plan)),
    ...(sampleForm(plan.video).hasAlpha ? [alpha(plan, facts)] : []),
  ];
}

function differences(plan: PlannedVideo, { numbers }: FrameFacts): VerificationCheck<ContentCheck> {
  const { frame, share, count, part } = strangestFrame(numbers, roughnessOf(plan));
  const actual = { share: rounded(share), part, ...at(plan, frame), pictures: count };
  return { check: 'picture_differences', expected: { share: 1 }, actual, passed: count === 0 };
}

function places(plan: PlannedVideo, { numbers }: FrameFacts): VerificationCheck<ContentCheck> {
  const { count, first } = misplacedFrames(numbers, CODEC_RULES[plan.codec], roughnessOf(plan));
  const where = first === null ? {} : at(plan, first.frame);
  const actual = { pictures: count, ...where, ...(first?.like && { shows: first.like }) };
  return { check: 'pictures_out_of_place', expected: { pictures: 0 }, actual, passed: count === 0 };
}

function colours(
  { colours: whole, drift }: FrameFacts,
  rough: number,
): VerificationCheck<ContentCheck> {
  const { luma, lumaNoise, brightness, contrast } = whole;
  const isDrift = drift !== null && colourShare(drift) > colourShare(whole);
  const { saturation, colour, noise } = isDrift ? drift : whole;
  // Few samples make a poor line: its error grows faster than that of one picture.
  const limit = (least: number, rest: number) =>
    rounded((least + T.colourShare * saturation) * rough ** 2 + T.colourNoise * rest);
  const levels = limit(T.colourLevels, noise);
  const lumaLevels = limit(T.lumaLevels, lumaNoise);
  const { brightnessLevels, contrastLevels } = T;
  const expected = {
    colour: levels,
    luma: lumaLevels,
    brightness: brightnessLevels,
    contrast: contrastLevels,
  };
  const actual = {
    colour: rounded(colour),
    luma: rounded(luma),
    brightness: rounded(brightness),
    contrast: rounded(contrast),
  };
  const passed =
    actual.colour <= levels &&
    actual.luma <= lumaLevels &&
    Math.abs(actual.brightness) <= brightnessLevels &&
    Math.abs(actual.contrast) <= contrastLevels;
  return { check: 'colours_off_levels', expected, actual, passed };
}

function alpha(plan: PlannedVideo, { numbers }: FrameFacts): VerificationCheck<ContentCheck> {
  const levels = numbers.get('alpha');
  const worst = levels.reduce((most, level, n) => (level > (levels[most] as number) ? n : most), 0);
  const most = rounded(levels[worst] as number);
  const actual = { levels: most, ...at(plan, worst) };
  return {
    check: 'alpha_off_levels',
    expected: { levels: T.alphaLevels },
    actual,
    passed: most <= T.alphaLevels,
  };
}

function roughnessOf({ video }: PlannedVideo): number {
  return roughness(sampleForm(video));
}

function at({ video, timecode }: PlannedVideo, frame: number) {
  return placeOfFrame(frame, timecode, video.timing);
}
