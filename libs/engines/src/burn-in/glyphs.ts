import { inflateRawSync } from 'node:zlib';
import type { BurnInPlace } from '@app/jobspec';
import { rationalToNumber, type Rational } from '../media/index.ts';
import { SPLEEN } from './spleen.ts';

/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Rows of text that fit the frame's shorter side, which sets the size of the text; it is never below the font's own size. */
const SHARE = 22;
/** Grid in pixels of cells and boxes: chroma planes have half as many lines, and each field half of those. */
const STEP = 4;

const places = new Map<number, number>();
for (const range of SPLEEN.codes.split(' ')) {
  const [from = 0, to = from] = range.split('-').map(Number);
  for (let code = from; code <= to; code++) places.set(code, places.size);
}

let bitmaps: Uint8Array | null = null;

/** True if the font has a character; others are drawn as an empty box. */
export function hasGlyph(character: string): boolean {
  return places.has(character.codePointAt(0) ?? -1);
}

/**
 * Cell size of every character: the font's, times a whole number. For non-square pixels, cells are stretched so that letters keep
 * their shape.
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

/** Bitmap of a character in a cell: 1 for ink, row by row. */
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

/** One row of the empty box, as high as a capital letter. */
function rowOfBox(row: number): number {
  if (row < 3 || row > 12) return 0;
  return row === 3 || row === 12 ? 0b0111_1110 : 0b0100_0010;
}

/** A black box with a text, in pixels of the proxy. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Title-safe margin, as a share of width and height. A screen may crop what lies in it. */
const TITLE_SAFE = 0.05;

/** Padding between a box and its cells: above and below, and to both sides. */
export function paddingOf({ width, height }: Size): { across: number; along: number } {
  return { across: stepUp(width / 2), along: stepUp(height / 8) };
}

/** Box of a text inside the title-safe area; it extends beyond that if the text is too wide. */
export function boxAt(at: BurnInPlace, cells: number, picture: Size, cell: Size): Box {
  const { across, along } = paddingOf(cell);
  const [width, height] = [cells * cell.width + 2 * across, cell.height + 2 * along];
  const [left, top] = [stepUp(picture.width * TITLE_SAFE), stepUp(picture.height * TITLE_SAFE)];
  const [edge, side] = at.split('-');
  const right = picture.width - left - width;
  const x = stepDown({ left, centre: (picture.width - width) / 2 }[side ?? ''] ?? right);
  const y = edge === 'top' ? top : stepDown(picture.height - top - height);
  return { x, y, width, height };
}

export function isInside({ x, y, width, height }: Box, picture: Size): boolean {
  return x >= 0 && y >= 0 && x + width <= picture.width && y + height <= picture.height;
}

export function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function stepUp(pixels: number): number {
  return STEP * Math.ceil(pixels / STEP);
}

function stepDown(pixels: number): number {
  return STEP * Math.floor(pixels / STEP);
}
