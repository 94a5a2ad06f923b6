import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import type { NumberTable } from '../measure/number-table.ts';
import { placeOfFrame } from '../measure/place.ts';
import { rounded } from '../measure/rounded.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import type { DETAIL_NUMBERS, DetailFacts } from './detail-comparison.ts';
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
  const least = (name: DetailNumber) => extreme(numbers, name, below);
  const most = (name: DetailNumber) => extreme(numbers, name, above);
  const measured = [
    { name: 'kept', limit: leaves.kept, ...least('kept') },
    { name: 'kept_beside', limit: leaves.keptBesideOthers, ...deepestDrop(numbers) },
    {
      name: 'kept_of_part',
      limit: T.detailKeptOfPart,
      isWorse: below,
      ...usual(numbers, 'keptOfPart'),
    },
    { name: 'beside', limit: T.beside, isWorse: above, ...usual(numbers, 'beside') },
    // Colour has half as many samples.
    ...(side < 2 * T.leastSideOfDetail ? [] : colourDetail(plan, numbers)),
    { name: 'kept_most', limit: T.detailKeptMost, ...most('kept') },
    { name: 'added', limit: leaves.added, ...most('added') },
    {
      name: 'added_of_part',
      limit: leaves.addedOfPart,
      ...usual(numbers, 'addedOfPart'),
      isWorse: above,
    },
    ...(facts.hasAlpha ? [{ name: 'alpha', limit: T.alphaDetail, ...most('alpha') }] : []),
    {
      name: 'marks',
      limit: leaves.marks,
      value: rounded(facts.marks),
      at: 0,
      isWorse: above,
    },
  ];
  const wrong = measured.find(({ isWorse, value, limit }) => isWorse(value, limit));
  const where = (wrong ?? measured[0])?.at ?? 0;
  const expected = Object.fromEntries(measured.map(({ name, limit }) => [name, limit]));
  const actual = {
    ...Object.fromEntries(measured.map(({ name, value }) => [name, value])),
    ...placeOfFrame(where * facts.every, plan.timecode, plan.video.timing),
  };
  return [{ check: 'detail', expected, actual, passed: wrong === undefined }];
}

/** Of still colour, AV1 may leave some where it was while the rest moves on. */
function colourDetail({ codec }: PlannedVideo, numbers: NumberTable<DetailNumber>) {
  const { colourKept, colourInPlace } = CODEC_RULES[codec].leaves;
  const kept = { name: 'colour_kept', limit: colourKept ?? 0, isWorse: below };
  const beside = { name: 'colour_beside', limit: T.beside, isWorse: above };
  return [
    ...(colourKept === null ? [] : [{ ...kept, ...usual(numbers, 'colourKept') }]),
    ...(colourInPlace ? [{ ...beside, ...usual(numbers, 'colourBeside') }] : []),
  ];
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
  return { value: rounded(value), at, isWorse: below };
}

/** That of half of the pictures. */
function usual(numbers: NumberTable<DetailNumber>, name: DetailNumber) {
  return { value: rounded(numbers.median(name)), at: 0 };
}

/** The number that is farthest from what it should be, and which of the pictures with lines has it. */
function extreme(numbers: NumberTable<DetailNumber>, name: DetailNumber, isWorse: typeof below) {
  const values = numbers.get(name);
  let at = 0;
  for (let frame = 1; frame < values.length; frame++)
    if (isWorse(values[frame] as number, values[at] as number)) at = frame;
  return { value: rounded(values[at] as number), at, isWorse };
}

function below(value: number, limit: number): boolean {
  return value < limit;
}

function above(value: number, limit: number): boolean {
  return value > limit;
}
