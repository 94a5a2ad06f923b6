import type { Codec } from '@app/jobspec';
import { hasAlpha } from '../../media/index.ts';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { VideoPlan, ProxyPlan } from '../../proxy/plan/proxy-plan.ts';

/** Bytes by the encoder's own search, then by each quantiser; each has the same places. */
export type EncoderSizes = readonly (readonly number[])[];

/** What one place of a clip became: bytes by the encoder's own search, and by each quantiser that was tried. */
export interface PlaceSizes {
  search: number;
  fixed: readonly number[];
}

/** A picture whose sizes differ by less, a black one for example, is the same with every quantiser. */
const FLAT = 1.15;

/** The places of one run. */
export function placesOf([search = [], ...fixed]: EncoderSizes): PlaceSizes[] {
  return search.map((size, place) => ({
    search: size,
    fixed: fixed.map((encoder) => encoder[place] ?? size),
  }));
}

/** Those that tell quantisers from each other. */
export function nonBlackSamples(sizes: EncoderSizes): PlaceSizes[] {
  return placesOf(sizes).filter(
    (place) => (place.fixed[0] ?? 0) > FLAT * (place.fixed.at(-1) ?? 0),
  );
}

/**
 * The finest quantiser by which these places are together small enough; `null` when none of those tried is coarse enough.
 *
 * @param quantisers that were tried, from fine to coarse.
 * @param most size against that of the search.
 */
export function finest(
  quantisers: readonly number[],
  places: readonly PlaceSizes[],
  most: number,
): number | null {
  const last = quantisers.at(-1) ?? 0;
  for (let quantiser = quantisers[0] ?? 1; quantiser <= last; quantiser++)
    if (ratio(quantisers, places, quantiser) <= most) return quantiser;
  return null;
}

/** The size of all places together against that of the search. */
export function ratio(
  quantisers: readonly number[],
  places: readonly PlaceSizes[],
  quantiser: number,
): number {
  const fixed = places.reduce((sum, place) => sum + sizeAt(quantisers, place.fixed, quantiser), 0);
  return fixed / places.reduce((sum, place) => sum + place.search, 0);
}

/** Between two quantisers that were tried, sizes and quantisers follow each other by their logarithms. */
export function sizeAt(
  quantisers: readonly number[],
  sizes: readonly number[],
  quantiser: number,
): number {
  const above = Math.max(
    quantisers.findIndex((tried) => tried >= quantiser),
    1,
  );
  const [q0 = 1, q1 = 1] = quantisers.slice(above - 1, above + 1);
  const [s0 = 1, s1 = 1] = sizes.slice(above - 1, above + 1);
  const share = Math.log(quantiser / q0) / Math.log(q1 / q0);
  return s0 * (s1 / s0) ** share;
}

/** A whole clip may be so much larger than the search would have made it. */
const MOST_WHOLE_SIZE = 1.05;

/** Macroblocks of a picture up to which the first three of four numbers of bits hold. */
const MACROBLOCKS = [1620, 2700, 6075];
/** A picture as one quantiser and as the search make it, in bytes. */
export interface FrameSizes {
  fixed: number;
  search: number;
}

/** What the chosen quantiser and the search made of each picture that was tried. */
export function triedFrames(
  quantisers: readonly number[],
  sizes: EncoderSizes,
  quantiser: number,
): FrameSizes[] {
  return placesOf(sizes).map(({ fixed, search }) => ({
    fixed: sizeAt(quantisers, fixed, quantiser),
    search,
  }));
}

/**
 * Whether one quantiser made a clip larger than the search would have: a part that is harder to encode may lie between the
 * pictures that were tried.
 *
 * @param tried pictures by which the quantiser was chosen; none where the search made the clip.
 * @param sizes bytes of all pictures of the proxy.
 */
export function isLargerThanSearch(
  plan: Pick<ProxyPlan, 'codec' | 'video'>,
  tried: readonly FrameSizes[],
  sizes: readonly number[],
): boolean {
  return tried.length > 0 && sizeAgainstSearch(plan, tried, sizes) > MOST_WHOLE_SIZE;
}

/** The size of a whole clip against that of the search, which the pictures that were tried tell of the others. */
export function sizeAgainstSearch(
  { codec, video }: Pick<ProxyPlan, 'codec' | 'video'>,
  tried: readonly FrameSizes[],
  sizes: readonly number[],
): number {
  const known = [...tried].sort((one, other) => one.fixed - other.fixed);
  const most = Math.max(maxBytes(codec, video), ...tried.map(({ search }) => search));
  const made = sizes.reduce((sum, size) => sum + size, 0);
  return made / sizes.reduce((sum, size) => sum + Math.min(most, bySearch(known, size)), 0);
}

/** What the search makes of a picture of this size, in line with the two that are next to it. */
function bySearch(known: readonly FrameSizes[], size: number): number {
  const above = known.findIndex(({ fixed }) => fixed >= size);
  const last = known.at(-1);
  if (last === undefined) return size;
  if (above < 0) return (size * last.search) / last.fixed;
  const next = known[above] as FrameSizes;
  const { fixed, search } = known[above - 1] ?? { fixed: 0, search: 0 };
  return search + ((size - fixed) * (next.search - search)) / (next.fixed - fixed);
}

/** Nothing bounds what alpha takes. */
function maxBytes(codec: Codec, { size, pixelFormat }: VideoPlan): number {
  const bits = CODEC_RULES[codec].prores?.mostBits;
  if (bits === undefined || hasAlpha(pixelFormat)) return Infinity;
  const macroblocks = Math.ceil(size.width / 16) * Math.ceil(size.height / 16);
  // Of a picture that is larger than all of these, -1 takes the last number.
  const column = MACROBLOCKS.findIndex((most) => macroblocks <= most);
  return (macroblocks * (bits.at(column) as number)) / 8;
}
