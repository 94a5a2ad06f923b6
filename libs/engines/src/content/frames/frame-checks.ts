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
 * Checks of a proxy's frames against those of its source, one by one.
 *
 * @param wanted number of frames that the source gave.
 */
export function frameChecks(
  plan: PlannedVideo,
  facts: FrameFacts,
  wanted: number,
): VerificationCheck<ContentCheck>[] {
  const counted: VerificationCheck<ContentCheck> = {
    check: 'pictures_compared',
    expected: wanted,
    actual: facts.frames,
    passed: facts.frames === wanted,
  };
  if (facts.frames === 0 || isTiny(plan.video.size)) return [counted];
  return [
    counted,
    differences(plan, facts),
    places(plan, facts),
    colourCheck(plan, facts.colours),
    ...(sampleForm(plan.video).hasAlpha ? [alpha(plan, facts)] : []),
  ];
}

/** Frames of failed checks, the worst of each, in ascending order. */
export function worstFrames(checks: readonly VerificationCheck[]): number[] {
  const frames = checks.flatMap(({ actual, passed }) => {
    if (passed || !isObject(actual)) return [];
    const { frame } = isObject(actual['worst']) ? actual['worst'] : actual;
    return typeof frame === 'number' ? frame : [];
  });
  return [...new Set(frames)].toSorted((a, b) => a - b);
}

function differences(plan: PlannedVideo, { numbers }: FrameFacts): VerificationCheck<ContentCheck> {
  const { frame, share, count, part, levels } = worstOutlier(numbers, roughnessOf(plan));
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
 * Parts of a frame: names of its difference in levels and of the share relative to the source's change, the largest share allowed
 * in any clip, and the least difference in levels by which a frame may be an outlier in its clip.
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

/** Distance of a frame from its source. */
interface Distance {
  frame: number;
  /** Distance relative to what is allowed; from 1 on it is too far. */
  share: number;
  /** Part that is farthest off, and by how many levels. */
  part: (typeof PARTS)[number]['part'];
  levels: number;
}

/**
 * Frame farthest from its source, and the number of frames that are too far.
 *
 * @param rough factor of what is allowed.
 */
function worstOutlier(numbers: FrameNumbers, rough: number): Distance & { count: number } {
  const parts = PARTS.map(({ part, off, share, most, least }) => {
    const levels = numbers[off];
    const limit = Math.max(T.outlier * (median(levels) + T.outlierRounding), least);
    return { part, most, levels, shares: numbers[share], limit };
  });
  let [worst, count]: [Distance, number] = [{ frame: 0, share: 0, part: 'frame', levels: 0 }, 0];
  for (let frame = 0; frame < numbers.all.length; frame++) {
    let isFar = false;
    for (const { part, levels, shares, most, limit } of parts) {
      const [own, ofChange] = [levels[frame] as number, shares[frame] as number];
      const above = own - Math.min(levels[frame - 1] ?? own, levels[frame + 1] ?? own);
      // All three must be large: a difference no larger than the source's change is motion, and one that the neighbours share
      // is the scene.
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

/** Upper median; 0 for an empty list. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Frames that a frame may be mistaken for. */
const OTHERS = ['before', 'after', 'exchanged'] as const;
type Other = (typeof OTHERS)[number];

/** Frames that show something else than their own frame of the source. */
interface Misplaced {
  count: number;
  /**
   * First of them, `null` if there are none. `like` is the frame that it matches as well as a good proxy matches its own;
   * `null` if it matches none.
   */
  first: { frame: number; like: Other | null } | null;
}

/** Numbers that show that only a part of the frame is moved in time. */
const MOVED_TILES = { before: 'tileBefore', after: 'tileAfter', exchanged: null } as const;

/**
 * Finds frames much nearer to the frame before or after, or to their own with fields swapped: frames that are shifted, repeated
 * or swapped. Where nothing moves, none are found.
 *
 * @param codec a codec that predicts frames from others may leave out small changes, and put a small object where it is in
 * another frame. With such a codec a part alone doesn't count if the frame as a whole moves and is in its place.
 * @param rough factor by which a frame or a part may be farther from its own: small proxies have few pixels.
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

/** Distance to a neighbour, or to the own frame if there is no neighbour. */
function finite(distance: number, own: number): number {
  return Number.isFinite(distance) ? distance : own;
}
