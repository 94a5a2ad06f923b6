import {
  EDGE,
  insideOf,
  type Inside,
  type NeighbouringFrames,
  type Plane,
} from './stacked-frames.ts';

/** Samples on each side of a tile, as a power of two. */
const TILE_BITS = 2;

/**
 * How far a plane of the proxy is from its source, in levels of 255; of all samples, of the worst row and of the worst tile.
 * Shares are differences against how much the source itself changes there from picture to picture: an encoder may lose
 * as much where everything moves, and nothing where all is still.
 */
export interface PlaneDifference {
  all: number;
  allShare: number;
  row: number;
  rowShare: number;
  tile: number;
  tileShare: number;
  /** How many times nearer the tile that is likest to it is to the picture before, and to the one after; 0 where nothing moves. */
  tileBefore: number;
  tileAfter: number;
}

/** Levels by which tiles of one picture differ, as they are rounded. */
const ROUNDING = 0.5;

/** Levels that are added to the source's own change: where nothing moves, a codec has its rounding left. */
const STILL = { all: 3, row: 4, tile: 6 } as const;

/** Of rows at the edges, in which a single line weighs twice as much. */
const EDGE_WEIGHT = 0.5;

/** Compares planes of one size, again and again, with the same memory. */
export class PlaneComparer {
  readonly #rows: Parts;
  readonly #tiles: Parts;
  readonly #columns: number;
  readonly #inside: Inside;

  /** @param late levels by which a tile must be off before it may be taken for one of another picture. */
  constructor(
    private readonly plane: Plane,
    private readonly late: number,
  ) {
    const { width, height } = plane;
    const size = 1 << TILE_BITS;
    this.#columns = Math.ceil(width / size);
    this.#inside = insideOf(plane);
    this.#rows = new Parts(height);
    this.#rows.weights.fill(EDGE_WEIGHT, 0, EDGE).fill(EDGE_WEIGHT, -EDGE);
    this.#tiles = new Parts(this.#columns * Math.ceil(height / size));
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        add(this.#rows.samples, y, 1);
        add(this.#tiles.samples, this.#tileOf(x, y), 1);
        if (this.#isInside(x, y)) add(this.#tiles.samplesInside, this.#tileOf(x, y), 1);
      }
  }

  compare(frames: NeighbouringFrames): PlaneDifference {
    this.#rows.clear();
    this.#tiles.clear();
    this.#add(frames);
    const all = this.#rows.all();
    const [row, tile] = [this.#rows.worst(STILL.row), this.#tiles.worst(STILL.tile)];
    return {
      all: all.off,
      allShare: all.off / (all.change + STILL.all),
      row: row.off,
      rowShare: row.share,
      tile: tile.off,
      tileShare: tile.share,
      tileBefore: this.#tiles.nearest(this.#tiles.before, this.late),
      tileAfter: this.#tiles.nearest(this.#tiles.after, this.late),
    };
  }

  /** The loop that all pictures go through: plain, so that it is fast. */
  #add({ previous, here, next }: NeighbouringFrames) {
    const { source, proxy, width, height } = this.plane;
    const tiles = this.#tiles;
    for (let y = 0; y < height; y++) {
      let [rowOff, rowChange] = [0, 0];
      for (let x = 0; x < width; x++) {
        const at = y * width + x;
        const wanted = here[source + at] as number;
        const found = here[proxy + at] as number;
        const [earlier, later] = [previous[source + at] as number, next[source + at] as number];
        const off = Math.abs(found - wanted);
        const change = Math.max(Math.abs(earlier - wanted), Math.abs(later - wanted));
        rowOff += off;
        rowChange += change;
        const tile = this.#tileOf(x, y);
        add(tiles.off, tile, off);
        add(tiles.change, tile, change);
        if (!this.#isInside(x, y)) continue;
        add(tiles.own, tile, off);
        add(tiles.before, tile, Math.abs(found - earlier));
        add(tiles.after, tile, Math.abs(found - later));
      }
      this.#rows.off[y] = rowOff;
      this.#rows.change[y] = rowChange;
    }
  }

  #isInside(x: number, y: number): boolean {
    const { left, right, top, bottom } = this.#inside;
    return y >= top && y < bottom && x >= left && x < right;
  }

  #tileOf(x: number, y: number): number {
    return (y >> TILE_BITS) * this.#columns + (x >> TILE_BITS);
  }
}

/** Sums over parts of a picture. */
class Parts {
  readonly off: Int32Array;
  readonly change: Int32Array;
  /** Without the edges: from the frame of the source itself, from the one before, and from the one after. */
  readonly own: Int32Array;
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly samples: Int32Array;
  readonly samplesInside: Int32Array;
  readonly weights: Float32Array;

  constructor(count: number) {
    this.off = new Int32Array(count);
    this.change = new Int32Array(count);
    this.own = new Int32Array(count);
    this.before = new Int32Array(count);
    this.after = new Int32Array(count);
    this.samples = new Int32Array(count);
    this.samplesInside = new Int32Array(count);
    this.weights = new Float32Array(count).fill(1);
  }

  clear(): void {
    this.off.fill(0);
    this.change.fill(0);
    this.own.fill(0);
    this.before.fill(0);
    this.after.fill(0);
  }

  /** The largest mean difference, and the largest one against the source's change. */
  worst(still: number): { off: number; share: number } {
    let [off, share] = [0, 0];
    for (let part = 0; part < this.samples.length; part++) {
      const samples = this.samples[part] as number;
      const mean = ((this.off[part] as number) / samples) * (this.weights[part] as number);
      off = Math.max(off, mean);
      share = Math.max(share, mean / ((this.change[part] as number) / samples + still));
    }
    return { off, share };
  }

  /** The most times that a part which is off by so many levels is nearer to another picture. */
  nearest(other: Int32Array, least: number): number {
    let most = 0;
    for (let part = 0; part < this.samples.length; part++) {
      const samples = this.samplesInside[part] as number;
      if (samples === 0) continue;
      const off = (this.own[part] as number) / samples;
      if (off >= least) most = Math.max(most, off / ((other[part] as number) / samples + ROUNDING));
    }
    return most;
  }

  all(): { off: number; change: number } {
    const samples = total(this.samples);
    return { off: total(this.off) / samples, change: total(this.change) / samples };
  }
}

function add(sums: Int32Array, part: number, value: number): void {
  sums[part] = (sums[part] as number) + value;
}

function total(values: Int32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
