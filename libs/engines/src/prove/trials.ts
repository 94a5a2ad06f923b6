import { CODEC_CONTAINERS, type Codec, type Container } from '@app/jobspec';
import { SHAPES, type ShapeName } from './sources.ts';

const SIZES = ['same', 'half', 'quarter', '512x288'];
const LOOKS = ['no look', 'CDL', 'LUT'] as const;
const TEXTS = ['no text', 'still text', 'counted text'] as const;

/** One proxy of the proof of FFmpeg. */
export interface Trial {
  shape: ShapeName;
  codec: Codec;
  container: Container;
  size: string;
  look: (typeof LOOKS)[number];
  text: (typeof TEXTS)[number];
}

type Values = Partial<Row<keyof Trial>>;

/** Combinations that aren't requested. */
const APART: readonly ((values: Values) => boolean)[] = [
  ({ codec, container }) =>
    codec !== undefined &&
    container !== undefined &&
    !(CODEC_CONTAINERS[codec as Codec] as readonly string[]).includes(container),
  // DNxHD has sizes of its own.
  ({ codec, size }) => codec === 'dnxhd' && size !== undefined && size !== 'same',
  ({ codec, shape }) => codec === 'dnxhd' && (shape === 'rotated' || shape === 'odd size'),
  ({ codec, size }) => codec === 'dnxhr' && size === 'quarter',
  ({ codec, shape, size }) =>
    codec === 'dnxhr' && shape === 'rotated' && size !== undefined && size !== 'same',
  // If frames are missing, it depends on the container which one is repeated, and what that one counts.
  ({ shape, text }) => shape === 'variable rate' && text === 'counted text',
];

/** Trials that cover each pair of values of shape, codec, container, size, look and text in at least one proxy. */
export function trials(): Trial[] {
  const factors = {
    codec: Object.keys(CODEC_CONTAINERS).filter((codec) => codec !== 'hevc'),
    shape: Object.keys(SHAPES),
    container: [...new Set(Object.values(CODEC_CONTAINERS).flat())],
    size: SIZES,
    look: LOOKS,
    text: TEXTS,
  };
  return coverPairs<keyof Trial>(factors, areAllowed) as unknown as Trial[];
}

function areAllowed(values: Values): boolean {
  return !APART.some((are) => are(values));
}

/** A value for each factor. */
type Row<Factor extends string> = Readonly<Record<Factor, string>>;

/**
 * Few rows, always the same, that cover every pair of values of two factors: each begins with the first pair that no row has
 * yet, and takes for every other factor the value with the most such pairs.
 *
 * @param factors their values.
 * @param areAllowed true if values go together; a pair that no row can have is left out.
 */
export function coverPairs<Factor extends string>(
  factors: Readonly<Record<Factor, readonly string[]>>,
  areAllowed: (values: Partial<Row<Factor>>) => boolean,
): Row<Factor>[] {
  const names = Object.keys(factors) as Factor[];
  const left = new Map<string, Partial<Row<Factor>>>();
  for (const [at, one] of names.entries())
    for (const other of names.slice(at + 1))
      for (const value of factors[one])
        for (const second of factors[other]) {
          const pair = { [one]: value, [other]: second } as Partial<Row<Factor>>;
          if (areAllowed(pair)) left.set(keyOf(one, value, other, second), pair);
        }
  const rows: Row<Factor>[] = [];
  for (const [first, pair] of left) {
    const row: Partial<Record<Factor, string>> = { ...pair };
    for (const name of names) {
      if (row[name] !== undefined) continue;
      const gains = factors[name]
        .filter((value) => areAllowed({ ...row, [name]: value } as Partial<Row<Factor>>))
        .map((value) => ({ value, gain: gainOf(name, value) }));
      const best = gains.toSorted((a, b) => b.gain - a.gain)[0];
      if (best === undefined) break;
      row[name] = best.value;
    }
    left.delete(first);
    if (names.some((name) => row[name] === undefined)) continue;
    for (const [at, one] of names.entries())
      for (const other of names.slice(at + 1))
        left.delete(keyOf(one, row[one] as string, other, row[other] as string));
    rows.push(row as Row<Factor>);

    function gainOf(name: Factor, value: string): number {
      const others = names.filter((other) => row[other] !== undefined);
      return others.filter((other) => {
        const known = row[other] as string;
        return names.indexOf(name) < names.indexOf(other)
          ? left.has(keyOf(name, value, other, known))
          : left.has(keyOf(other, known, name, value));
      }).length;
    }
  }
  return rows;
}

const keyOf = (...words: string[]) => words.join('\n');
