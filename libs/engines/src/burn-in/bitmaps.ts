import { createHash } from 'node:crypto';
import type { Cell } from './cells.ts';
import { inkOf, paddingOf, type Size } from './glyphs.ts';

/** An image of two colours, as FFmpeg reads it (Netpbm, `P4`). */
export interface Bitmap {
  /** File name: equal for equal images, and safe everywhere. */
  name: string;
  bytes: Uint8Array;
}

/** A canvas with white ink on black. */
class Sheet {
  readonly #stride: number;
  readonly #rows: Uint8Array;

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {
    this.#stride = Math.ceil(width / 8);
    // A set bit is black.
    this.#rows = new Uint8Array(this.#stride * height).fill(0xff);
  }

  draw(character: string, size: Size, left: number, top: number): void {
    for (const [at, ink] of inkOf(character, size).entries()) {
      if (ink === 0) continue;
      const [x, y] = [left + (at % size.width), top + Math.floor(at / size.width)];
      const byte = y * this.#stride + (x >> 3);
      this.#rows[byte] = (this.#rows[byte] as number) & ~(0x80 >> (x & 7));
    }
  }

  bitmap(): Bitmap {
    const header = Buffer.from(`P4\n${this.width} ${this.height}\n`);
    const bytes = Buffer.concat([header, this.#rows]);
    const name = `${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}.pbm`;
    return { name, bytes };
  }
}

/** Box of a text, without the changing digits. */
export function boxBitmap(cells: readonly Cell[], size: Size): Bitmap {
  const { width, height } = size;
  const { across, along } = paddingOf(size);
  const sheet = new Sheet(cells.length * width + 2 * across, height + 2 * along);
  for (const [index, cell] of cells.entries())
    if (typeof cell === 'string') sheet.draw(cell, size, across + index * width, along);
  return sheet.bitmap();
}

/** The ten digits below each other, each as high as a box. */
export function digitsBitmap(size: Size): Bitmap {
  const { width, height } = size;
  const { along } = paddingOf(size);
  const step = height + 2 * along;
  const sheet = new Sheet(width, 10 * step);
  for (let digit = 0; digit < 10; digit++) sheet.draw(String(digit), size, 0, digit * step + along);
  return sheet.bitmap();
}
