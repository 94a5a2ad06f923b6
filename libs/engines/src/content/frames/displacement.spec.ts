import { describe, expect, it } from 'vitest';
import { displacement } from './displacement.ts';

const [width, height] = [96, 56];
const SAMPLES = width * height;
const PLANE = { source: 0, proxy: SAMPLES, width, height };

type Shape = (x: number, y: number) => number;

const ROUGH: Shape = (x, y) => 120 + 40 * Math.sin(x / 3 + y / 5) + 30 * Math.sin(y / 4 - x / 7);
/** A sky: it rises the same everywhere. */
const SOFT: Shape = (x, y) => 60 + 1.2 * y + 0.2 * x;

function stack(source: Shape, proxy: Shape): Uint8Array {
  return Uint8Array.from({ length: 2 * SAMPLES }, (_, at) => {
    const [x, y] = [at % width, Math.floor((at % SAMPLES) / width)];
    return Math.round(at < SAMPLES ? source(x, y) : proxy(x, y));
  });
}

describe('how far a picture lies beside its source', () => {
  it.each([
    [0, 0],
    [0.1, 0],
    [0, -0.1],
    [-0.3, 0.2],
  ])('is told of %f to the right and %f down', (right, down) => {
    const moved = displacement(
      stack(ROUGH, (x, y) => ROUGH(x - right, y - down)),
      [PLANE],
    );
    expect(moved.right).toBeCloseTo(right, 1.5);
    expect(moved.down).toBeCloseTo(down, 1.5);
  });

  it.each([
    ['brighter', SOFT, (level: number) => level + 2],
    ['of more contrast', SOFT, (level: number) => 1.03 * level],
    ['brighter, of a rough picture', ROUGH, (level: number) => level + 2],
  ] as const)('is nothing where it is only %s', (_, shape, change) => {
    const { right, down } = displacement(
      stack(shape, (x, y) => change(shape(x, y))),
      [PLANE],
    );
    expect(Math.abs(right)).toBeLessThan(0.03);
    expect(Math.abs(down)).toBeLessThan(0.03);
  });

  it.each([2, 4])('is seen where it is large: %i samples', (right) => {
    const edges: Shape = (x, y) => ((x + y) % 47 < 23 ? 60 : 180);
    const moved = displacement(
      stack(edges, (x, y) => edges(x - right, y)),
      [PLANE],
    );
    expect(Math.hypot(moved.right, moved.down)).toBeGreaterThan(0.5);
  });

  it('is nothing where it explains a small part of what is off', () => {
    const noise: Shape = (x, y) => 8 * (((Math.imul(96 * y + x, 0x9e_37_79_b1) >>> 28) % 3) - 1);
    const moved = displacement(
      stack(ROUGH, (x, y) => ROUGH(x - 0.2, y) + noise(x, y)),
      [PLANE],
    );
    expect(moved).toEqual({ right: 0, down: 0 });
  });

  it('is nothing where nothing can be told', () => {
    const flat = stack(
      () => 90,
      () => 92,
    );
    const tiny = { source: 0, proxy: 4, width: 2, height: 2 };
    for (const plane of [PLANE, tiny])
      expect(Math.hypot(...Object.values(displacement(flat, [plane])))).toBe(0);
  });
});
