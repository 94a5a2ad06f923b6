import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import {
  EDGE,
  insideOf,
  type Inside,
  type NeighbouringFrames,
  type Plane,
} from './stacked-frames.ts';

/** log2 of a tile's side in samples. */
const TILE_BITS = 2;

/** Sums per tile; those from `inside` on leave out the edges of the plane. */
const SUMS = ['samples', 'off', 'change', 'inside', 'own', 'before', 'after'] as const;
type Sums = Record<(typeof SUMS)[number], Int32Array>;

/** Compares planes of one size, reusing its memory. */
export class PlaneComparer {
  readonly #tiles: Sums;
  readonly #columns: number;
  readonly #inside: Inside;

  /** @param lateLevels levels by which a tile must be off before it is compared with tiles of neighbouring frames. */
  constructor(
    private readonly plane: Plane,
    private readonly lateLevels: number,
  ) {
    const [columns, rows] = [plane.width, plane.height].map(
      (side) => 1 + ((side - 1) >> TILE_BITS),
    );
    this.#columns = columns as number;
    this.#inside = insideOf(plane);
    const tiles = SUMS.map((name) => [name, new Int32Array(this.#columns * (rows as number))]);
    this.#tiles = Object.fromEntries(tiles) as Sums;
  }

  /**
   * Differences of a proxy's plane from its source, in levels of 255: of all samples, of the worst row and of the worst tile.
   * Shares relate them to the source's own change from frame to frame: an encoder may lose much where everything moves, and
   * nothing where all is still. `tileBefore` and `tileAfter` are the largest factors by which a tile is nearer to the frame
   * before, or after, than to its own; 0 if no tile is off far enough.
   */
  compare(frames: NeighbouringFrames) {
    for (const name of SUMS) this.#tiles[name].fill(0);
    return { ...this.#addAll(frames), ...this.#worstTile() };
  }

  /** Loop over all samples; plain for speed. */
  #addAll({ previous, here, next }: NeighbouringFrames) {
    const { source, proxy, width, height } = this.plane;
    const { left, right, top, bottom } = this.#inside;
    const [tiles, columns] = [this.#tiles, this.#columns];
    let [allOff, allChange, row, rowShare] = [0, 0, 0, 0];
    for (let y = 0; y < height; y++) {
      let [rowOff, rowChange] = [0, 0];
      const isInside = y >= top && y < bottom;
      for (let x = 0; x < width; x++) {
        const at = y * width + x;
        const wanted = here[source + at] as number;
        const found = here[proxy + at] as number;
        const earlier = previous[source + at] as number;
        const later = next[source + at] as number;
        const off = Math.abs(found - wanted);
        const change = Math.max(Math.abs(earlier - wanted), Math.abs(later - wanted));
        rowOff += off;
        rowChange += change;
        const tile = (y >> TILE_BITS) * columns + (x >> TILE_BITS);
        add(tiles.samples, tile, 1);
        add(tiles.off, tile, off);
        add(tiles.change, tile, change);
        if (!isInside || x < left || x >= right) continue;
        add(tiles.inside, tile, 1);
        add(tiles.own, tile, off);
        add(tiles.before, tile, Math.abs(found - earlier));
        add(tiles.after, tile, Math.abs(found - later));
      }
      const mean = (rowOff / width) * (y < EDGE || y >= height - EDGE ? T.edgeWeight : 1);
      row = Math.max(row, mean);
      rowShare = Math.max(rowShare, mean / (rowChange / width + T.stillRow));
      allOff += rowOff;
      allChange += rowChange;
    }
    const samples = width * height;
    const all = allOff / samples;
    return { all, allShare: all / (allChange / samples + T.stillFrame), row, rowShare };
  }

  #worstTile() {
    let [tile, tileShare, tileBefore, tileAfter] = [0, 0, 0, 0];
    for (let n = 0; n < this.#tiles.samples.length; n++) {
      const of = (name: keyof Sums) => this.#tiles[name][n] as number;
      const mean = of('off') / of('samples');
      tile = Math.max(tile, mean);
      tileShare = Math.max(tileShare, mean / (of('change') / of('samples') + T.stillTile));
      // A tile without samples inside has NaN here and is skipped.
      const own = of('own') / of('inside');
      if (!(own >= this.lateLevels)) continue;
      tileBefore = Math.max(tileBefore, own / (of('before') / of('inside') + T.tileRounding));
      tileAfter = Math.max(tileAfter, own / (of('after') / of('inside') + T.tileRounding));
    }
    return { tile, tileShare, tileBefore, tileAfter };
  }
}

function add(sums: Int32Array, part: number, value: number): void {
  sums[part] = (sums[part] as number) + value;
}

/**
 * Distances of the proxy's frame from frames of the source: its own, the ones before and after, and its own with fields swapped;
 * infinite for a missing one. Only shapes count: some encoders shift overall brightness by two levels.
 */
export function likeness(
  { previous, here, next }: NeighbouringFrames,
  plane: Plane,
  hasFields: boolean,
) {
  const to = (frame: Uint8Array, row = 0) => shapeDistance(here, frame, plane, row);
  return {
    own: to(here),
    before: previous === here ? Infinity : to(previous),
    after: next === here ? Infinity : to(next),
    exchanged: hasFields ? to(here, 1) : Infinity,
  };
}

/** @param row 1 to swap the rows of the source in pairs, else 0. */
function shapeDistance(here: Uint8Array, other: Uint8Array, plane: Plane, row: number): number {
  const { left, right, top, bottom } = insideOf(plane);
  const offs = new Int16Array((right - left) * (bottom - top));
  let [count, sum, distance] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    const found = plane.proxy + y * plane.width;
    const wanted = plane.source + (y ^ row) * plane.width;
    for (let x = left; x < right; x++) {
      const off = (here[found + x] as number) - (other[wanted + x] as number);
      offs[count++] = off;
      sum += off;
    }
  }
  const bias = sum / count;
  for (let n = 0; n < count; n++) distance += Math.abs((offs[n] as number) - bias);
  return distance / count;
}
