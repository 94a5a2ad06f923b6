import { CODEC_CONTAINERS, type Codec, type Container } from '@app/jobspec';
import { coverPairs, type Row } from './cover-pairs.ts';
import { SHAPES, type ShapeName } from './sources.ts';

const SIZES = ['same', 'half', 'quarter', '512x288'];
const LOOKS = ['no look', 'CDL', 'LUT'] as const;
const TEXTS = ['no text', 'still text', 'counted text'] as const;

/** One proxy by which FFmpeg is proved. */
export interface Trial {
  shape: ShapeName;
  codec: Codec;
  container: Container;
  size: string;
  look: (typeof LOOKS)[number];
  text: (typeof TEXTS)[number];
}

type Values = Partial<Row<keyof Trial>>;

/** What isn't asked for together. */
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
  // Where frames are missing it hangs on the container which of them is repeated, and what that one counts.
  ({ shape, text }) => shape === 'variable rate' && text === 'counted text',
];

/** What FFmpeg is proved by: each two of shape, codec, container, size, look and text together in at least one proxy. */
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
