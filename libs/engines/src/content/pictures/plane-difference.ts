import type { Moment, Plane } from './stacked-pictures.ts';

/** Samples on each side of a tile. */
const TILE = 4;

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

export function planeDifference(moment: Moment, plane: Plane): PlaneDifference {
  const { width, height } = plane;
  const rows = new Parts(height);
  const columns = Math.ceil(width / TILE);
  const tiles = new Parts(columns * Math.ceil(height / TILE));
  const { previous, here, next } = moment;
  for (let y = 0; y < height; y++) {
    const tileRow = Math.floor(y / TILE) * columns;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const source = here[plane.source + at] as number;
      const off = Math.abs((here[plane.proxy + at] as number) - source);
      const before = Math.abs((previous[plane.source + at] as number) - source);
      const after = Math.abs((next[plane.source + at] as number) - source);
      const change = before > after ? before : after;
      rows.add(y, off, change);
      tiles.add(tileRow + Math.floor(x / TILE), off, change);
    }
  }
  const all = rows.sum();
  const [row, tile] = [rows.worst(STILL.row), tiles.worst(STILL.tile)];
  return {
    allShare: all.off / (all.change + STILL.all),
    row: row.off,
    rowShare: row.share,
    tile: tile.off,
    tileShare: tile.share,
  };
}

/** Sums over parts of a picture. */
class Parts {
  readonly #off: Float64Array;
  readonly #change: Float64Array;
  readonly #samples: Float64Array;

  constructor(private readonly count: number) {
    this.#off = new Float64Array(count);
    this.#change = new Float64Array(count);
    this.#samples = new Float64Array(count);
  }

  add(part: number, off: number, change: number): void {
    this.#off[part] = (this.#off[part] as number) + off;
    this.#change[part] = (this.#change[part] as number) + change;
    this.#samples[part] = (this.#samples[part] as number) + 1;
  }

  /** The largest mean difference, and the largest one against the source's change. */
  worst(still: number): { off: number; share: number } {
    let [off, share] = [0, 0];
    for (let part = 0; part < this.count; part++) {
      const mean = this.#mean(this.#off, part);
      off = Math.max(off, mean);
      share = Math.max(share, mean / (this.#mean(this.#change, part) + still));
    }
    return { off, share };
  }

  sum(): { off: number; change: number } {
    const total = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
    const samples = total(this.#samples);
    return { off: total(this.#off) / samples, change: total(this.#change) / samples };
  }

  #mean(sums: Float64Array, part: number): number {
    return (sums[part] as number) / (this.#samples[part] as number);
  }
}
