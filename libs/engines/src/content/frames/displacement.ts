import type { Plane } from './stacked-frames.ts';

/** Samples by which a picture lies to the right of its source, and below it; negative for the other way. */
export interface Displacement {
  right: number;
  down: number;
}

/** What is added to the mean square of slopes, in levels: where next to nothing rises or falls, no place can be told. */
const FLAT = 1;

/**
 * The share of what is off that a small move must explain: of what a codec does to a grid of thin lines, 0.27 may look like
 * one of 0.35 samples. A large one explains little of what it does. So does one of a faint plane, which `FLAT` makes smaller.
 */
const EXPLAINED = { share: 0.3, samples: 0.4 } as const;

/**
 * How far planes of the proxy lie beside those of their source, as one: what is moved by a small part of a sample differs by
 * that part of the slope there (Lucas and Kanade, An Iterative Image Registration Technique, 1981). What codecs take away
 * doesn't go with slopes, so this sees a tenth of a sample, which is two lines of 1080. What is moved by more than two samples is told
 * to be moved by less, and in the end by nothing.
 */
export function displacement(stack: Uint8Array, planes: readonly Plane[]): Displacement {
  const sums = planes.map((plane) => slopesOf(stack, plane));
  const sum = (name: keyof Slopes) => sums.reduce((all, one) => all + one[name], 0);
  const flat = FLAT * sum('samples');
  const [across, along, both] = [sum('across') + flat, sum('along') + flat, sum('both')];
  const [offAcross, offAlong] = [sum('offAcross'), sum('offAlong')];
  const determinant = across * along - both * both;
  if (determinant === 0) return NOT_MOVED;
  const right = -(along * offAcross - both * offAlong) / determinant;
  const down = -(across * offAlong - both * offAcross) / determinant;
  const explained = -(right * offAcross + down * offAlong);
  const isSmall = Math.hypot(right, down) < EXPLAINED.samples;
  return isSmall && explained < EXPLAINED.share * sum('off') ? NOT_MOVED : { right, down };
}

const NOT_MOVED: Displacement = { right: 0, down: 0 };

/** Sums of products of slopes to the right and down, and of what is off; `off` are its squares. In levels. */
interface Slopes {
  samples: number;
  across: number;
  along: number;
  both: number;
  off: number;
  offAcross: number;
  offAlong: number;
}

/**
 * The sums of one plane. What of them follows from another brightness or contrast is taken out: on a soft gradient, which
 * rises the same everywhere, that looks like another place.
 */
function slopesOf(stack: Uint8Array, plane: Plane): Slopes {
  const { source, proxy, width, height } = plane;
  const samples = Math.max(1, (width - 2) * (height - 2));
  let [rights, downs, offs, levels] = [0, 0, 0, 0];
  let [across, along, both, offSquare, offAcross, offAlong] = [0, 0, 0, 0, 0, 0];
  let [square, levelAcross, levelAlong, levelOff] = [0, 0, 0, 0];
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const wanted = source + at;
      const level = stack[wanted] as number;
      const right = ((stack[wanted + 1] as number) - (stack[wanted - 1] as number)) / 2;
      const down = ((stack[wanted + width] as number) - (stack[wanted - width] as number)) / 2;
      const off = (stack[proxy + at] as number) - level;
      levels += level;
      rights += right;
      downs += down;
      offs += off;
      across += right * right;
      along += down * down;
      both += right * down;
      offSquare += off * off;
      offAcross += right * off;
      offAlong += down * off;
      square += level * level;
      levelAcross += level * right;
      levelAlong += level * down;
      levelOff += level * off;
    }
  const mean = levels / samples;
  const [acrossLevel, alongLevel, offLevel] = [
    levelAcross - mean * rights,
    levelAlong - mean * downs,
    levelOff - mean * offs,
  ];
  const contrast = square - mean * levels;
  const share = contrast > 0 ? 1 / contrast : 0;
  const [right, down] = [rights / samples, downs / samples];
  return {
    samples,
    across: across - right * rights - acrossLevel * acrossLevel * share,
    along: along - down * downs - alongLevel * alongLevel * share,
    both: both - right * downs - acrossLevel * alongLevel * share,
    off: offSquare - (offs * offs) / samples - offLevel * offLevel * share,
    offAcross: offAcross - right * offs - acrossLevel * offLevel * share,
    offAlong: offAlong - down * offs - alongLevel * offLevel * share,
  };
}
