import type { Plane } from './stacked-pictures.ts';

/** A part in which something may stand through a clip: a piece of a line of text. A column is another. */
const PIECE = { width: 16, height: 2 } as const;

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

  /** @param levels that a part may be off, beside as much as its own detail: what a codec takes from what stands still. */
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
      const beside = stack[source + Math.max(0, at - 1)] as number;
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
    for (let x = 0; x < width; x++)
      share = Math.max(share, this.#share(pictures, { x, y: 0, width: 1, height }));
    return share;
  }

  #share(pictures: number, part: Part): number {
    let [off, detail] = [0, 0];
    for (let y = part.y; y < part.y + part.height; y++)
      for (let x = part.x; x < part.x + part.width; x++) {
        off += Math.abs(this.#off[y * this.plane.width + x] as number);
        detail += this.#detail[y * this.plane.width + x] as number;
      }
    return off / (this.levels * part.width * part.height * pictures + detail);
  }
}
