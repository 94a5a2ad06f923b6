import { EDGE_ROWS, type Moment, type Plane } from './stacked-pictures.ts';

/** Samples on each side of a tile, as a power of two. */
const TILE_BITS = 2;

/**
 * How far a plane of the proxy is from its source, in levels of 255; of all samples, of the worst row and of the worst tile.
 * Shares are differences against how much the source itself changes there from picture to picture: an encoder may lose
 * as much where everything moves, and nothing where all is still.
 */
export interface PlaneDifference {
  allShare: number;
  row: number;
  rowShare: number;
  tile: number;
  tileShare: number;
}

/** Levels that are added to the source's own change: where nothing moves, a codec has its rounding left. */
const STILL = { all: 3, row: 4, tile: 6 } as const;

/** Of rows at the edges, in which a single line weighs twice as much. */
const EDGE_WEIGHT = 0.5;

/** Compares planes of one size, again and again, with the same memory. */
export class PlaneComparer {
  readonly #rows: Parts;
  readonly #tiles: Parts;
  readonly #columns: number;

  constructor(private readonly plane: Plane) {
    const { width, height } = plane;
    const size = 1 << TILE_BITS;
    this.#columns = Math.ceil(width / size);
    this.#rows = new Parts(height);
    this.#rows.weights.fill(EDGE_WEIGHT, 0, EDGE_ROWS).fill(EDGE_WEIGHT, -EDGE_ROWS);
    this.#tiles = new Parts(this.#columns * Math.ceil(height / size));
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        this.#rows.samples[y] = (this.#rows.samples[y] as number) + 1;
        this.#tiles.samples[this.#tileOf(x, y)] =
          (this.#tiles.samples[this.#tileOf(x, y)] as number) + 1;
      }
  }

  compare(moment: Moment): PlaneDifference {
    this.#rows.clear();
    this.#tiles.clear();
    this.#add(moment);
    const all = this.#rows.all();
    const [row, tile] = [this.#rows.worst(STILL.row), this.#tiles.worst(STILL.tile)];
    return {
      allShare: all.off / (all.change + STILL.all),
      row: row.off,
      rowShare: row.share,
      tile: tile.off,
      tileShare: tile.share,
    };
  }

  /** The loop that all pictures go through: plain, so that it is fast. */
  #add({ previous, here, next }: Moment) {
    const { source, proxy, width, height } = this.plane;
    const { off: tileOff, change: tileChange } = this.#tiles;
    for (let y = 0; y < height; y++) {
      let [rowOff, rowChange] = [0, 0];
      for (let x = 0; x < width; x++) {
        const at = y * width + x;
        const wanted = here[source + at] as number;
        const off = Math.abs((here[proxy + at] as number) - wanted);
        const before = Math.abs((previous[source + at] as number) - wanted);
        const after = Math.abs((next[source + at] as number) - wanted);
        const change = before > after ? before : after;
        rowOff += off;
        rowChange += change;
        const tile = this.#tileOf(x, y);
        tileOff[tile] = (tileOff[tile] as number) + off;
        tileChange[tile] = (tileChange[tile] as number) + change;
      }
      this.#rows.off[y] = rowOff;
      this.#rows.change[y] = rowChange;
    }
  }

  #tileOf(x: number, y: number): number {
    return (y >> TILE_BITS) * this.#columns + (x >> TILE_BITS);
  }
}

/** Sums over parts of a picture. */
class Parts {
  readonly off: Int32Array;
  readonly change: Int32Array;
  readonly samples: Int32Array;
  readonly weights: Float32Array;

  constructor(count: number) {
    this.off = new Int32Array(count);
    this.change = new Int32Array(count);
    this.samples = new Int32Array(count);
    this.weights = new Float32Array(count).fill(1);
  }

  clear(): void {
    this.off.fill(0);
    this.change.fill(0);
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

  all(): { off: number; change: number } {
    const samples = total(this.samples);
    return { off: total(this.off) / samples, change: total(this.change) / samples };
  }
}

function total(values: Int32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
