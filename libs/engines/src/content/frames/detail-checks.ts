import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import { CODEC_RULES, type Leaves } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import type { NumberTable } from '../measure/number-table.ts';
import { placeOfFrame } from '../measure/place.ts';
import { rounded } from '../measure/rounded.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import type { DETAIL_NUMBERS, DetailFacts } from './detail-comparison.ts';
import { firstBeyond, type DetailName, type DetailNumbers } from './detail-words.ts';
import { framesWithLines } from './sampled-lines.ts';

type PlannedVideo = Pick<ProxyPlan, 'codec' | 'video' | 'timecode'>;
type DetailNumber = (typeof DETAIL_NUMBERS)[number];

/**
 * The check of what small pictures can't show: detail that is lost, noise, colour beside its luma, and what stands in one place.
 *
 * @param source how many pictures it gave, and of how many it gave lines: a source that changes its form on the way
 *   counts its pictures anew, and can't be compared.
 */
export function detailChecks(
  plan: PlannedVideo,
  facts: DetailFacts,
  source: { pictures: number; lines: number },
): VerificationCheck<ContentCheck>[] {
  const { numbers, pictures } = facts;
  const { width, height } = plan.video.size;
  const side = Math.min(width, height);
  if (pictures === 0 || side < T.leastSideOfDetail) return [];
  if (source.lines !== framesWithLines(source.pictures, facts.every)) return [];
  const { leaves } = CODEC_RULES[plan.codec];
  const measured: Partial<Record<DetailName, Measured>> = {
    kept: { limit: leaves.kept, ...extreme(numbers, 'kept', -1) },
    kept_beside: { limit: leaves.keptBesideOthers, ...deepestDrop(numbers) },
    kept_of_part: { limit: T.detailKeptOfPart, ...usual(numbers, 'keptOfPart') },
    beside: { limit: T.beside, ...usual(numbers, 'beside') },
    // Colour has half as many samples.
    ...(side < 2 * T.leastSideOfDetail ? {} : colourDetail(leaves, numbers)),
    kept_most: { limit: T.detailKeptMost, ...extreme(numbers, 'kept', 1) },
    added: { limit: leaves.added, ...extreme(numbers, 'added', 1) },
    added_of_part: { limit: leaves.addedOfPart, ...usual(numbers, 'addedOfPart') },
    ...(facts.hasAlpha && { alpha: { limit: T.alphaDetail, ...extreme(numbers, 'alpha', 1) } }),
    marks: { limit: leaves.marks, value: rounded(facts.marks), at: 0 },
  };
  const each = (key: keyof Measured): DetailNumbers =>
    Object.fromEntries(Object.entries(measured).map(([name, one]) => [name, one[key]]));
  const [expected, values] = [each('limit'), each('value')];
  const wrong = firstBeyond(values, expected);
  const where = measured[wrong ?? 'kept']?.at ?? 0;
  const place = placeOfFrame(where * facts.every, plan.timecode, plan.video.timing);
  const actual = { ...values, ...place };
  return [{ check: 'detail', expected, actual, passed: wrong === undefined }];
}

/** A number, its limit, and which of the frames with lines has it. */
interface Measured {
  value: number;
  limit: number;
  at: number;
}

/** Of still colour, AV1 may leave some where it was while the rest moves on. */
function colourDetail(
  { colourKept, colourInPlace }: Leaves,
  numbers: NumberTable<DetailNumber>,
): Partial<Record<DetailName, Measured>> {
  return {
    ...(colourKept !== null && {
      colour_kept: { limit: colourKept, ...usual(numbers, 'colourKept') },
    }),
    ...(colourInPlace && {
      colour_beside: { limit: T.beside, ...usual(numbers, 'colourBeside') },
    }),
  };
}

/** Levels by which a shot changes from one frame with lines to the next at most, and how many times as much detail it has. */
const ONE_SHOT = { change: 12, detail: 1.5 } as const;

/** The frame that keeps least beside the one before or after it, where the source shows the same shot with as much detail. */
function deepestDrop(numbers: NumberTable<DetailNumber>) {
  const [kept, strong, change] = (['kept', 'strong', 'change'] as const).map((name) =>
    numbers.get(name),
  ) as [Float32Array, Float32Array, Float32Array];
  let [value, at] = [1, 0];
  for (let frame = 1; frame < kept.length; frame++) {
    const [here, before] = [kept[frame] as number, kept[frame - 1] as number];
    const more = (strong[frame] as number) / (strong[frame - 1] as number);
    const isOneShot =
      (change[frame] as number) < ONE_SHOT.change && Math.max(more, 1 / more) < ONE_SHOT.detail;
    const share = Math.min(here, before) / Math.max(here, before);
    if (isOneShot && share < value) [value, at] = [share, here < before ? frame : frame - 1];
  }
  return { value: rounded(value), at };
}

/** That of half of the pictures. */
function usual(numbers: NumberTable<DetailNumber>, name: DetailNumber) {
  return { value: rounded(numbers.median(name)), at: 0 };
}

/** The lowest number or the highest (`sign` 1), and which of the frames with lines has it. */
function extreme(numbers: NumberTable<DetailNumber>, name: DetailNumber, sign: 1 | -1) {
  const values = numbers.get(name);
  let at = 0;
  for (let frame = 1; frame < values.length; frame++)
    if (sign * (values[frame] as number) > sign * (values[at] as number)) at = frame;
  return { value: rounded(values[at] as number), at };
}
