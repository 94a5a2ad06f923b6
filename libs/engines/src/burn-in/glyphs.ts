import { inflateRawSync } from 'node:zlib';
import { rationalToNumber, type Rational } from '../media/index.ts';
import { SPLEEN } from './spleen.ts';

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Of a picture's shorter side, a cell takes a twenty-second at most. */
const SHARE = 22;
/** Planes of colour have half as many lines, and each field half of those: no cell or box begins or ends in the middle of one. */
export const STEP = 4;

const places = new Map<number, number>();
for (const range of SPLEEN.codes.split(' ')) {
  const [from = 0, to = from] = range.split('-').map(Number);
  for (let code = from; code <= to; code++) places.set(code, places.size);
}

let bitmaps: Uint8Array | null = null;

/** Whether a character is drawn as it is; of any other, an empty box. */
export function hasGlyph(character: string): boolean {
  return places.has(character.codePointAt(0) ?? -1);
}

/**
 * What every character takes of a picture: the font's pixels so many times as wide and high. Where pixels of the picture are wider than
 * high, cells are higher; the other way round they are wider, so that letters keep their shape.
 */
export function cellFor({ width, height }: Size, pixelAspect: Rational): Size {
  const aspect = rationalToNumber(pixelAspect);
  const [across, along] = [Math.max(1, 1 / aspect), Math.max(1, aspect)];
  const side = Math.min(width / across, height / along);
  const times = Math.max(1, Math.floor(side / SHARE / SPLEEN.height));
  return {
    width: inSteps(times * across * SPLEEN.width),
    height: inSteps(times * along * SPLEEN.height),
  };
}

function inSteps(pixels: number): number {
  return STEP * Math.round(pixels / STEP);
}

/** A character as it is drawn in a cell: 1 where there is ink, row after row. */
export function inkOf(character: string, { width, height }: Size): Uint8Array {
  const place = places.get(character.codePointAt(0) ?? -1);
  bitmaps ??= inflateRawSync(Buffer.from(SPLEEN.bitmaps, 'base64'));
  const ink = new Uint8Array(width * height);
  for (let at = 0; at < ink.length; at++) {
    const row = Math.floor((Math.floor(at / width) * SPLEEN.height) / height);
    const column = Math.floor(((at % width) * SPLEEN.width) / width);
    const bits =
      place === undefined ? rowOfBox(row) : (bitmaps[place * SPLEEN.height + row] as number);
    ink[at] = (bits >> (7 - column)) & 1;
  }
  return ink;
}

/** As high as a capital letter. */
function rowOfBox(row: number): number {
  if (row < 3 || row > 12) return 0;
  return row === 3 || row === 12 ? 0b0111_1110 : 0b0100_0010;
}
