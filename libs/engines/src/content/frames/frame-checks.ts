import { isObject, type ContentCheck, type VerificationCheck } from '@app/jobspec';
import { CODEC_RULES, type CodecRule } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { placeOfFrame, rounded } from '../measure/place.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import { colourCheck } from './colours.ts';
import type { FrameFacts, FrameNumbers } from './frame-comparison.ts';
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

/** The frames at which checks failed, each the worst of its check, in their order. */
export function worstFrames(checks: readonly VerificationCheck[]): number[] {
  const frames = checks.flatMap(({ actual, passed }) => {
    if (passed || !isObject(actual)) return [];
    const { frame } = isObject(actual['worst']) ? actual['worst'] : actual;
    return typeof frame === 'number' ? frame : [];
  });
  return [...new Set(frames)].toSorted((a, b) => a - b);
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

/**
 * Parts of a frame: how far each is off in levels, and against the source's change; what of that is too much in any clip; and how many
 * levels a part is off at least that stands out where those of the clip's other frames don't.
 */
const PARTS = [
  { part: 'frame', off: 'all', share: 'allShare', most: T.frameShare, least: Infinity },
  { part: 'row', off: 'row', share: 'rowShare', most: T.rowShare, least: T.outlierRow },
  { part: 'tile', off: 'tile', share: 'tileShare', most: T.tileShare, least: T.outlierTile },
  {
    part: 'colour',
    off: 'colourTile',
    share: 'colourTileShare',
    most: T.tileShare,
    least: T.outlierTile,
  },
] as const;

/** How far a picture is from its source. */
interface Strangeness {
  frame: number;
  /** Of what is allowed; 1 and more is too far. */
  share: number;
  /** What of it is farthest off, and by how many levels. */
  part: (typeof PARTS)[number]['part'];
  levels: number;
}

/**
 * The picture that is farthest from its source, and how many are too far.
 *
 * @param rough by how much more is allowed.
 */
function strangestFrame(numbers: FrameNumbers, rough: number): Strangeness & { count: number } {
  const parts = PARTS.map(({ part, off, share, most, least }) => {
    const levels = numbers[off];
    const limit = Math.max(T.outlier * (median(levels) + T.outlierRounding), least);
    return { part, most, levels, shares: numbers[share], limit };
  });
  let [worst, count]: [Strangeness, number] = [{ frame: 0, share: 0, part: 'frame', levels: 0 }, 0];
  for (let frame = 0; frame < numbers.all.length; frame++) {
    let isFar = false;
    for (const { part, levels, shares, most, limit } of parts) {
      const [own, ofChange] = [levels[frame] as number, shares[frame] as number];
      const above = own - Math.min(levels[frame - 1] ?? own, levels[frame + 1] ?? own);
      // All must be too much: many levels where the source changes as much are motion, and those of its neighbours, too, the scene.
      const standsOut = Math.min(
        own / limit,
        ofChange / T.outlierShare,
        above / (limit * T.outlierJump),
      );
      const share = Math.max(ofChange / most, standsOut) / rough;
      if (share > worst.share) worst = { frame, share, part, levels: own };
      isFar ||= share >= 1;
    }
    if (isFar) count++;
  }
  return { ...worst, count };
}

/** The value that half of them lie below; 0 of none. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** What a picture may be mistaken for. */
const OTHERS = ['before', 'after', 'exchanged'] as const;
type Other = (typeof OTHERS)[number];

/** Pictures that show something else of their source than their own picture. */
interface Misplaced {
  count: number;
  /**
   * The first of them, `null` when all are in their places; `like` the picture that it is as near to as a good proxy is to its own, `null` where
   * it shows neither.
   */
  first: { frame: number; like: Other | null } | null;
}

/** Where a part alone moves, it shows what the picture is mistaken for. */
const MOVED_TILES = { before: 'tileBefore', after: 'tileAfter', exchanged: null } as const;

/**
 * Finds pictures that are much nearer to the picture before or after theirs, or to their own with exchanged fields: what is
 * shifted, repeated or swapped. Where nothing moves, nothing of it shows.
 *
 * @param codec may predict pictures from others: it then leaves out small changes, and may put a small thing where it
 * is in another picture. So where all the rest moves too, and is in its place, a part says nothing.
 * @param rough by how much farther a picture or a part may be from its own: in small proxies they are of few pixels.
 */
export function misplacedFrames(
  numbers: FrameNumbers,
  { interFrame: isPredicted, limits: { likeness } }: Pick<CodecRule, 'interFrame' | 'limits'>,
  rough: number,
): Misplaced {
  const own = numbers.own;
  const run = T.likenessFrames;
  const least = rough * likeness;
  const found = new Map<number, Other>();
  const note = (frame: number, like: Other) => {
    const known = found.get(frame);
    const distance = (other: Other) => numbers[other][frame] as number;
    if (known === undefined || distance(like) < distance(known)) found.set(frame, like);
  };
  for (const like of OTHERS) {
    const other = numbers[like];
    const part = MOVED_TILES[like] === null ? null : numbers[MOVED_TILES[like]];
    let [runOwn, runOther] = [0, 0];
    for (let frame = 0; frame < own.length; frame++) {
      const [here, there] = [own[frame] as number, other[frame] as number];
      const isArtefact = isPredicted && isNearer(there, here, least);
      if (isNearer(here, there, least) || (!isArtefact && isPartNearer(part, frame, rough)))
        note(frame, like);
      runOwn += here;
      runOther += finite(there, here);
      const left = frame - run;
      if (left < 0) continue;
      runOwn -= own[left] as number;
      runOther -= finite(other[left] as number, own[left] as number);
      if (!found.has(frame) && isNearer(runOwn / run, runOther / run, T.likenessRun))
        note(frame, like);
    }
  }
  const [earliest] = [...found].toSorted(([a], [b]) => a - b);
  if (earliest === undefined) return { count: 0, first: null };
  const [frame, nearest] = earliest;
  const isShown = (numbers[nearest][frame] as number) <= least;
  return { count: found.size, first: { frame, like: isShown ? nearest : null } };
}

function isPartNearer(part: readonly number[] | null, frame: number, rough: number): boolean {
  return part !== null && (part[frame] as number) > T.likenessTile * rough;
}

function isNearer(own: number, other: number, least: number): boolean {
  return own > least && own > T.likeness * other;
}

/** A picture without a neighbour is its own. */
function finite(distance: number, own: number): number {
  return Number.isFinite(distance) ? distance : own;
}
