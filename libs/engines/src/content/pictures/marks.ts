import type { Plane } from './stacked-pictures.ts';

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
export class Marks {
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
    for (let at = 0; at < width * height; at++) {
      const wanted = stack[source + at] as number;
      const beside = at % width === 0 ? wanted : (stack[source + at - 1] as number);
      this.#off[at] = (this.#off[at] as number) + (stack[proxy + at] as number) - wanted;
      this.#detail[at] = (this.#detail[at] as number) + Math.abs(wanted - beside);
    }
  }

  /** The part that is most off throughout, as a share of what is allowed. */
  worst(pictures: number): number {
    const { width, height } = this.plane;
    let share = 0;
    for (let y = 0; y + PIECE.height <= height; y += PIECE.height)
      for (let x = 0; x + PIECE.width <= width; x += PIECE.width)
        share = Math.max(share, this.#share(pictures, { x, y, ...PIECE }));
    for (let x = 0; x < width; x++) {
      const column = { x, y: 0, width: 1, height };
      const left = Math.max(0, x - BLOCK);
      const near = { ...column, x: left, width: Math.min(width, x + BLOCK + 1) - left };
      share = Math.max(share, this.#share(pictures, column, near));
    }
    return share;
  }

  /** How far a part is off, as a share of its levels and of the detail near it. */
  #share(pictures: number, part: Part, near = part): number {
    const off = this.#mean(part, (at) => Math.abs(this.#off[at] as number));
    const detail = this.#mean(near, (at) => this.#detail[at] as number);
    return off / (this.levels * pictures + detail);
  }

  #mean({ x, y, width, height }: Part, value: (at: number) => number): number {
    let sum = 0;
    for (let row = y; row < y + height; row++)
      for (let column = x; column < x + width; column++)
        sum += value(row * this.plane.width + column);
    return sum / (width * height);
  }
}
