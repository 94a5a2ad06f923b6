import type { BurnInPlace } from '@app/jobspec';
import { cellOf, type GlyphSize, type Size } from './glyphs.ts';

/** A black box with a text, in pixels of the proxy. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Planes of colour have half as many lines, and each field half of those: no box begins or ends in the middle of one. */
const STEP = 4;

/** What lies between a box and its cells: above and below, and to both sides. */
export function paddingOf(size: GlyphSize): { across: number; along: number } {
  const { width, height } = cellOf(size);
  return { across: stepUp(width / 2), along: stepUp(height / 8) };
}

/** Where the box of a text lies. It may be outside of the picture. */
export function boxAt(at: BurnInPlace, cells: number, picture: Size, size: GlyphSize): Box {
  const cell = cellOf(size);
  const { across, along } = paddingOf(size);
  const margin = stepUp(cell.height / 2);
  const [width, height] = [cells * cell.width + 2 * across, cell.height + 2 * along];
  const [edge, side] = at.split('-');
  const left = { left: margin, centre: (picture.width - width) / 2 }[side ?? ''];
  const x = stepDown(left ?? picture.width - margin - width);
  const y = edge === 'top' ? margin : stepDown(picture.height - margin - height);
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
