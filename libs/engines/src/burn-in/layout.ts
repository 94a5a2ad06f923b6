import type { BurnInPlace } from '@app/jobspec';
import { STEP, type Size } from './glyphs.ts';

/** A black box with a text, in pixels of the proxy. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Share of each side of a picture beyond which a screen may hide it. */
const TITLE_SAFE = 0.05;

/** What lies between a box and its cells: above and below, and to both sides. */
export function paddingOf({ width, height }: Size): { across: number; along: number } {
  return { across: stepUp(width / 2), along: stepUp(height / 8) };
}

/** Where the box of a text lies, within what every screen shows. It may be too wide for that. */
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
