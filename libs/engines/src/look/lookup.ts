import { CHANNELS, type Cube, type Curves, type Triple } from './lut.ts';

/** The value of one channel's curve, by straight lines between entries; its ends hold beyond the domain. */
export function curveAt({ size, domain, values }: Curves, channel: number, value: number): number {
  const place = placeIn(value, domain.min[channel] as number, domain.max[channel] as number, size);
  const from = Math.min(Math.floor(place), size - 2);
  const [low, high] = [
    values[3 * from + channel] as number,
    values[3 * from + 3 + channel] as number,
  ];
  return low + (place - from) * (high - low);
}

/**
 * The colour of a cube, tetrahedral: the cell around it is cut into six tetrahedra along the line of greys. Beyond the domain
 * its faces hold.
 */
export function colourAt({ size, domain: { min, max }, values }: Cube, colour: Triple): Triple {
  const edges = CHANNELS.map((channel) => {
    const place = placeIn(colour[channel], min[channel], max[channel], size);
    const cell = Math.min(Math.floor(place), size - 2);
    const step = 3 * size ** channel;
    return { start: cell * step, step, part: place - cell };
  });
  let at = edges.reduce((sum, { start }) => sum + start, 0);
  const found = CHANNELS.map((channel) => values[at + channel] as number);
  // From the lowest corner of the cell to its highest, along the edge with the largest part first.
  for (const { step, part } of edges.toSorted((a, b) => b.part - a.part)) {
    for (const channel of CHANNELS) {
      const rise = (values[at + step + channel] as number) - (values[at + channel] as number);
      found[channel] = (found[channel] as number) + part * rise;
    }
    at += step;
  }
  return found as unknown as Triple;
}

/** In entries, from 0 to `size - 1`. */
function placeIn(value: number, min: number, max: number, size: number): number {
  return Math.min(1, Math.max(0, (value - min) / (max - min))) * (size - 1);
}
