import type { VerificationCheck } from '@app/jobspec';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { placeOf } from '../measure/place.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import type { ColourShift } from './colour-fit.ts';
import { misplacedPictures } from './misplaced.ts';
import { strangestPicture } from './outliers.ts';
import type { PictureFacts } from './picture-comparison.ts';
import { smallPicture } from './small-picture.ts';

type PlannedPicture = Pick<ProxyPlan, 'codec' | 'picture' | 'timecode'>;

/**
 * The checks of a proxy's pictures against those of its source, one by one.
 *
 * @param wanted how many pictures the source gave.
 */
export function pictureChecks(
  plan: PlannedPicture,
  facts: PictureFacts,
  wanted: number,
): VerificationCheck[] {
  const counted = {
    check: 'pictures_compared',
    expected: wanted,
    actual: facts.pictures,
    passed: facts.pictures === wanted,
  };
  if (facts.pictures === 0) return [counted];
  return [
    counted,
    differences(plan, facts),
    places(plan, facts),
    colours(facts.colours),
    ...(smallPicture(plan.picture).hasAlpha ? [alpha(plan, facts)] : []),
  ];
}

function differences(plan: PlannedPicture, { numbers }: PictureFacts): VerificationCheck {
  const { picture, share, count } = strangestPicture(numbers);
  const actual = { share: rounded(share), ...at(plan, picture), pictures: count };
  return { check: 'picture_differences', expected: { share: 1 }, actual, passed: count === 0 };
}

function places(plan: PlannedPicture, { numbers }: PictureFacts): VerificationCheck {
  const { count, first } = misplacedPictures(numbers, CODEC_RULES[plan.codec].interFrame);
  const where = first === null ? {} : { ...at(plan, first.picture), shows: first.like };
  const actual = { pictures: count, ...where };
  return { check: 'pictures_out_of_place', expected: { pictures: 0 }, actual, passed: count === 0 };
}

function colours({ saturation, colour, luma, brightness }: ColourShift): VerificationCheck {
  const levels = rounded(T.colourLevels + T.colourShare * saturation);
  const expected = { colour: levels, luma: levels, brightness: T.brightnessLevels };
  const actual = {
    colour: rounded(colour),
    luma: rounded(luma),
    brightness: rounded(brightness),
  };
  const passed =
    actual.colour <= levels &&
    actual.luma <= levels &&
    Math.abs(actual.brightness) <= T.brightnessLevels;
  return { check: 'colours_off_levels', expected, actual, passed };
}

function alpha(plan: PlannedPicture, { numbers }: PictureFacts): VerificationCheck {
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

function at({ picture, timecode }: PlannedPicture, frame: number) {
  return placeOf(frame, timecode, picture.timing.rate);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
