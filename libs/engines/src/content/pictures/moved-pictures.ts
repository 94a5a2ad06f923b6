import type { Columns } from '../measure/columns.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import type { PictureNumber } from './picture-comparison.ts';

/** Pictures that are looked at together: what a codec does to one of them averages out. */
const RUN = 8;

const DIRECTIONS = ['right', 'down', 'colourRight', 'colourDown'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** How far pictures lie beside their place, and how far they may, in samples of small pictures. */
export type Moved = Record<Direction, number>;

/** The worst of a clip's pictures, alone or the first of a run. */
export interface MovedPicture {
  picture: number;
  moved: Moved;
  limits: Moved;
}

/** Finds the picture that lies farthest beside its place: alone, or with the seven after it. */
export function farthestMoved(numbers: Columns<PictureNumber>, limits: Moved): MovedPicture {
  const once = each((direction) => T.movedOnce * limits[direction]);
  const run = Math.min(RUN, numbers.length);
  const columns = each((direction) => numbers.get(direction));
  const sums = each(() => 0);
  let worst = { picture: 0, moved: each(() => 0), limits };
  const note = (picture: number, moved: Moved, allowed: Moved) => {
    if (shareOf(moved, allowed) > shareOf(worst.moved, worst.limits))
      worst = { picture, moved, limits: allowed };
  };
  for (let picture = 0; picture < numbers.length; picture++) {
    const alone = each((direction) => columns[direction][picture] as number);
    note(picture, alone, once);
    const left = picture - run;
    for (const direction of DIRECTIONS)
      sums[direction] += alone[direction] - (columns[direction][left] ?? 0);
    if (left >= -1)
      note(
        left + 1,
        each((direction) => sums[direction] / run),
        limits,
      );
  }
  return worst;
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
