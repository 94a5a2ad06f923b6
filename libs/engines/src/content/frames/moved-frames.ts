import type { NumberTable } from '../measure/number-table.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import type { FrameNumber } from './frame-comparison.ts';

/** Pictures that are looked at together: what a codec does to one of them averages out. */
const RUN = 8;

const DIRECTIONS = ['right', 'down', 'colourRight', 'colourDown'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** How far pictures lie beside their place, and how far they may, in samples of small pictures. */
export type Moved = Record<Direction, number>;

/** What lies farthest beside its place: a picture alone, or the mean of a run. */
export interface FarthestMoved {
  moved: Moved;
  limits: Moved;
  /** How many pictures that are. */
  pictures: number;
  /** The one that is alone, or the first of the clip that is too far, in any direction, with those after it. */
  frame: number;
}

/**
 * Finds what lies farthest beside its place: pictures alone, and each together with the seven after it.
 *
 * @param limits of a run. A clip that is shorter has none.
 */
export function farthestMoved(numbers: NumberTable<FrameNumber>, limits: Moved): FarthestMoved {
  const columns = each((direction) => numbers.get(direction));
  const once = each((direction) => T.movedOnce * limits[direction]);
  const looks = [
    { pictures: 1, limits: once },
    { pictures: RUN, limits },
  ];
  const meanOf = (from: number, pictures: number) =>
    each((direction) => mean(columns[direction].subarray(from, from + pictures)));
  let worst = { moved: each(() => 0), limits, pictures: RUN, frame: 0 };
  let first: number | null = null;
  for (let frame = 0; frame < numbers.length; frame++)
    for (const look of looks) {
      if (frame + look.pictures > numbers.length) continue;
      const moved = meanOf(frame, look.pictures);
      const share = shareOf(moved, look.limits);
      if (share > shareOf(worst.moved, worst.limits)) worst = { ...look, moved, frame };
      if (share > 1 && look.pictures === RUN) first ??= frame;
    }
  return worst.pictures === RUN && first !== null ? { ...worst, frame: beginning(first) } : worst;

  /** A run may begin in pictures that are in their place. */
  function beginning(from: number): number {
    for (let frame = from; frame < from + RUN; frame++)
      if (shareOf(meanOf(frame, 1), limits) > 1) return frame;
    return from;
  }
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** As a share of what is allowed, where it is largest. */
function shareOf(moved: Moved, limits: Moved): number {
  return Math.max(...DIRECTIONS.map((name) => Math.abs(moved[name]) / limits[name]));
}

function each<Value>(make: (direction: Direction) => Value): Record<Direction, Value> {
  return {
    right: make('right'),
    down: make('down'),
    colourRight: make('colourRight'),
    colourDown: make('colourDown'),
  };
}
