import type { Plane } from './stacked-frames.ts';

/** A part in which something may stand through a clip: a piece of a line of text. A column is another. */
const PIECE = { width: 16, height: 2 } as const;
/** Columns on each side whose detail counts for one: a codec spreads what an edge costs over its block. */
const BLOCK = 7;

interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Follows what differs in the same place through a clip. What a codec does to things that move averages out. */
export class StaticOverlayDetector {
  readonly #off: Float64Array;
  readonly #detail: Float64Array;

  /** @param levels that a part may be off, and as much as the detail in it, or beside a column: what a codec takes from what stands still. */
  constructor(
    private readonly plane: Plane,
    private readonly levels: number,
  ) {
    const samples = plane.width * plane.height;
    this.#off = new Float64Array(samples);
    this.#detail = new Float64Array(samples);
  }

  add(stack: Uint8Array): void {
    const { source, proxy, width, height } = this.plane;
    for (let row = 0; row < width * height; row += width) {
      let beside = stack[source + row] as number;
      for (let at = row; at < row + width; at++) {
        const wanted = stack[source + at] as number;
        this.#off[at] = (this.#off[at] as number) + (stack[proxy + at] as number) - wanted;
        this.#detail[at] = (this.#detail[at] as number) + Math.abs(wanted - beside);
        beside = wanted;
      }
    }
  }

  /** The part that is most off throughout, as a share of what is allowed. */
  worst(pictures: number): number {
    const { width, height } = this.plane;
    let share = 0;
    for (let y = 0; y + PIECE.height <= height; y += PIECE.height)
      for (let x = 0; x + PIECE.width <= width; x += PIECE.width)
        share = Math.max(share, this.#shareOfPiece(pictures, { x, y, ...PIECE }));
    const columns = Array.from({ length: width }, (_, x) => ({ x, y: 0, width: 1, height }));
    const details = columns.map((column) => this.#sum(this.#detail, column));
    for (const column of columns) {
      const near = details.slice(Math.max(0, column.x - BLOCK), column.x + BLOCK + 1);
      const detail = near.reduce((all, one) => all + one, 0) / (near.length * height);
      const off = this.#sum(this.#off, column) / height;
      share = Math.max(share, this.#share(pictures, off, detail));
    }
    return share;
  }

  #shareOfPiece(pictures: number, piece: Part): number {
    const samples = piece.width * piece.height;
    const off = this.#sum(this.#off, piece) / samples;
    return this.#share(pictures, off, this.#sum(this.#detail, piece) / samples);
  }

  /** How far a part is off, as a share of its levels and of the detail near it. */
  #share(pictures: number, off: number, detail: number): number {
    return off / (this.levels * pictures + detail);
  }

  /** Of whole numbers, so that their order makes no difference. */
  #sum(values: Float64Array, { x, y, width, height }: Part): number {
    let sum = 0;
    for (let row = y; row < y + height; row++) {
      const left = row * this.plane.width + x;
      for (let at = left; at < left + width; at++) sum += Math.abs(values[at] as number);
    }
    return sum;
  }
}
