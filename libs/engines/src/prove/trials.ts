import { CODEC_CONTAINERS, type Codec, type Container, OWN_CODECS } from '@app/jobspec';
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

/** Combinations that aren't requested. */
const EXCLUDED: readonly ((trial: Trial) => boolean)[] = [
  ({ codec, container }) => !CODEC_CONTAINERS[codec].includes(container),
  // DNxHD has sizes of its own.
  ({ codec, size }) => codec === 'dnxhd' && size !== 'same',
  ({ codec, shape }) => codec === 'dnxhd' && (shape === 'rotated' || shape === 'odd size'),
  ({ codec, size }) => codec === 'dnxhr' && size === 'quarter',
  ({ codec, shape, size }) => codec === 'dnxhr' && shape === 'rotated' && size !== 'same',
  // A few characters fill so small a proxy.
  ({ shape, size, text }) => shape === 'rotated' && size === 'quarter' && text !== 'no text',
  // If frames are missing, it depends on the container which one is repeated, and what that one counts.
  ({ shape, text }) => shape === 'variable rate' && text === 'counted text',
];

/** Trials that cover each pair of values of shape, codec, container, size, look and text in at least one proxy. */
export function trials(): Trial[] {
  const factors = {
    codec: OWN_CODECS,
    shape: Object.keys(SHAPES),
    container: [...new Set(Object.values(CODEC_CONTAINERS).flat())],
    size: SIZES,
    look: LOOKS,
    text: TEXTS,
  };
  const all = everyRow(factors) as unknown as Trial[];
  return coverPairs(all.filter((trial) => !EXCLUDED.some((are) => are(trial))));
}

/** Every combination of values. */
export function everyRow(factors: Readonly<Record<string, readonly string[]>>) {
  return Object.entries(factors).reduce<Record<string, string>[]>(
    (rows, [name, values]) =>
      rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
}

/**
 * Chooses a few rows that together have every pair of values found in any row, those with the most new pairs first. The same rows
 * give the same choice.
 */
export function coverPairs<Row extends object>(rows: readonly Row[]): Row[] {
  const pairs = new Map(rows.map((row) => [row, pairsIn(row)]));
  const left = new Set([...pairs.values()].flat());
  const taken: Row[] = [];
  for (let most = pairsIn(rows[0] ?? {}).length; most > 0; most--)
    for (const [row, own] of pairs) {
      if (own.filter((pair) => left.has(pair)).length < most) continue;
      for (const pair of own) left.delete(pair);
      taken.push(row);
    }
  return taken;
}

function pairsIn(row: object): string[] {
  const values = Object.entries(row).map((entry) => entry.join('='));
  return values.flatMap((one, at) => values.slice(at + 1).map((other) => `${one} ${other}`));
}
