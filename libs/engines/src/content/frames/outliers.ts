import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import type { FrameNumbers } from './frame-comparison.ts';

/** How far a picture is from its source, as a share of what is allowed; 1 and more is too far. */
export interface Strangeness {
  frame: number;
  share: number;
}

/** What stands out where a clip's other pictures don't: a part, and its value against the source's change. */
const PARTS = [
  { levels: 'row', share: 'rowShare', least: T.outlierRow },
  { levels: 'tile', share: 'tileShare', least: T.outlierTile },
  { levels: 'colourTile', share: 'colourTileShare', least: T.outlierTile },
] as const;

/** What of a frame is farthest off, in the order of its shares. */
const OF_SHARES = ['frame', 'row', 'tile', 'colour', 'row', 'tile', 'colour'] as const;
export type FramePart = (typeof OF_SHARES)[number];
/** Which number has its levels. */
const LEVELS = { frame: 'all', row: 'row', tile: 'tile', colour: 'colourTile' } as const;

/** Levels that are added to a clip's own difference: one that has none may still round. */
const ROUNDING = 0.3;

/** By how many levels a picture is farther from its source than that neighbour which is nearer to its own. */
function above(levels: readonly number[], frame: number): number {
  const own = levels[frame] as number;
  return own - Math.min(levels[frame - 1] ?? own, levels[frame + 1] ?? own);
}

/**
 * The picture that is farthest from its source, and how many are too far.
 *
 * @param rough by how much more is allowed.
 */
export function strangestFrame(
  numbers: FrameNumbers,
  rough: number,
): Strangeness & { count: number; part: FramePart; levels: number } {
  const limits = PARTS.map((part) => {
    const usual = T.outlier * (median(numbers[part.levels]) + ROUNDING);
    return {
      levels: numbers[part.levels],
      share: numbers[part.share],
      limit: Math.max(usual, part.least),
    };
  });
  const fixed = [
    { values: numbers.allShare, limit: T.frameShare },
    { values: numbers.rowShare, limit: T.rowShare },
    { values: numbers.tileShare, limit: T.tileShare },
    { values: numbers.colourTileShare, limit: T.tileShare },
  ];
  let worst = { frame: 0, share: 0, count: 0, part: 'frame' as FramePart };
  for (let frame = 0; frame < numbers.all.length; frame++) {
    const at = (values: readonly number[]) => values[frame] as number;
    const shares = [
      ...fixed.map(({ values, limit }) => at(values) / limit),
      // All must be too much: many levels where the source changes as much are motion, and those of its neighbours, too, the scene.
      ...limits.map(({ levels, share, limit }) =>
        Math.min(
          at(levels) / limit,
          at(share) / T.outlierShare,
          above(levels, frame) / (limit * T.outlierJump),
        ),
      ),
    ];
    const most = Math.max(...shares);
    const share = most / rough;
    const part = OF_SHARES[shares.indexOf(most)] ?? 'frame';
    const count = worst.count + (share >= 1 ? 1 : 0);
    worst = share > worst.share ? { frame, share, count, part } : { ...worst, count };
  }
  return { ...worst, levels: numbers[LEVELS[worst.part]][worst.frame] ?? 0 };
}

/** The value that half of them lie below; 0 of none. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
