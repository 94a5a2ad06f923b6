import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import type { FrameNumbers } from './frame-comparison.ts';

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
export interface Strangeness {
  frame: number;
  /** Of what is allowed; 1 and more is too far. */
  share: number;
  /** What of it is farthest off, and by how many levels. */
  part: (typeof PARTS)[number]['part'];
  levels: number;
}

/** Levels that are added to a clip's own difference: one that has none may still round. */
const ROUNDING = 0.3;

/**
 * The picture that is farthest from its source, and how many are too far.
 *
 * @param rough by how much more is allowed.
 */
export function strangestFrame(
  numbers: FrameNumbers,
  rough: number,
): Strangeness & { count: number } {
  const parts = PARTS.map(({ part, off, share, most, least }) => {
    const levels = numbers[off];
    const limit = Math.max(T.outlier * (median(levels) + ROUNDING), least);
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
