import { inflateRawSync } from 'node:zlib';
import { SPLEEN } from './spleen.ts';

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

/** How large text is drawn: one of the font's sizes, each of its pixels so many times as wide and high. */
export interface GlyphSize {
  font: number;
  times: number;
}

/** Of a picture's shorter side, a cell takes a twenty-fifth at most. */
const SHARE = 25;

const places = new Map<number, number>();
for (const [from, to] of SPLEEN.codes)
  for (let code = from; code <= to; code++) places.set(code, places.size);

let unpacked: Uint8Array | null = null;

/** Whether a character can be drawn. */
export function hasGlyph(character: string): boolean {
  return places.has(character.codePointAt(0) ?? -1);
}

/** The largest size that leaves room for a picture; the smallest one, if need be. */
export function glyphSizeFor(shorterSide: number): GlyphSize {
  let [best, height] = [{ font: 0, times: 1 }, SPLEEN.sizes[0].height as number];
  for (const [font, size] of SPLEEN.sizes.entries()) {
    const times = Math.floor(shorterSide / SHARE / size.height);
    // Of two ways to the same height, that with finer pixels.
    if (times > 0 && times * size.height >= height) {
      best = { font, times };
      height = times * size.height;
    }
  }
  return best;
}

/** What every character takes. */
export function cellOf({ font, times }: GlyphSize): Size {
  const { width, height } = SPLEEN.sizes[font] ?? SPLEEN.sizes[0];
  return { width: width * times, height: height * times };
}

/** A character as it is drawn: 1 where there is ink, row after row. @throws RangeError for one without a glyph. */
export function inkOf(character: string, size: GlyphSize): Uint8Array {
  const place = places.get(character.codePointAt(0) ?? -1);
  if (place === undefined) throw new RangeError(`no glyph for ${character}`);
  const [cell, font] = [cellOf(size), cellOf({ ...size, times: 1 })];
  const stride = Math.ceil(font.width / 8);
  const start = startOf(size.font) + place * stride * font.height;
  const bits = bitmaps();
  const ink = new Uint8Array(cell.width * cell.height);
  for (let y = 0; y < cell.height; y++)
    for (let x = 0; x < cell.width; x++) {
      const [row, column] = [Math.floor(y / size.times), Math.floor(x / size.times)];
      const byte = bits[start + row * stride + (column >> 3)] as number;
      ink[y * cell.width + x] = (byte >> (7 - (column & 7))) & 1;
    }
  return ink;
}

function startOf(font: number): number {
  return SPLEEN.sizes
    .slice(0, font)
    .reduce((bytes, { width, height }) => bytes + Math.ceil(width / 8) * height * places.size, 0);
}

function bitmaps(): Uint8Array {
  unpacked ??= inflateRawSync(Buffer.from(SPLEEN.bitmaps, 'base64'));
  return unpacked;
}
