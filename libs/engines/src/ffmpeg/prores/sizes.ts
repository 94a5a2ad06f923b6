import type { Codec } from '@app/jobspec';
import { hasAlpha } from '../../media/index.ts';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { VideoPlan, ProxyPlan } from '../../proxy/plan/proxy-plan.ts';

/** Bytes of each place of a clip: a list for the encoder's own search, then one for each quantiser. */
export type EncoderSizes = readonly (readonly number[])[];

/** Bytes of one place of a clip: by the encoder's own search, and by each quantiser tried. */
export interface PlaceSizes {
  search: number;
  fixed: readonly number[];
}

/** Ratio of sizes below which a frame, for example a black one, is the same with every quantiser. */
const FLAT = 1.15;

/** Sizes of one run, by place. */
export function placesOf([search = [], ...fixed]: EncoderSizes): PlaceSizes[] {
  return search.map((size, place) => ({
    search: size,
    fixed: fixed.map((encoder) => encoder[place] ?? size),
  }));
}

/** Places that tell quantisers apart. */
export function nonBlackSamples(sizes: EncoderSizes): PlaceSizes[] {
  return placesOf(sizes).filter(
    (place) => (place.fixed[0] ?? 0) > FLAT * (place.fixed.at(-1) ?? 0),
  );
}

/**
 * Finest quantiser by which these places are together small enough; `null` if none of those tried is coarse enough.
 *
 * @param quantisers those tried, from fine to coarse.
 * @param most size relative to that of the search.
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

/** Size of all places together, relative to that of the search. */
export function ratio(
  quantisers: readonly number[],
  places: readonly PlaceSizes[],
  quantiser: number,
): number {
  const fixed = places.reduce((sum, place) => sum + sizeAt(quantisers, place.fixed, quantiser), 0);
  return fixed / places.reduce((sum, place) => sum + place.search, 0);
}

/** Size by a quantiser between two that were tried, interpolated on logarithmic scales. */
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

/** Largest size of a whole clip relative to the search's. */
const MOST_WHOLE_SIZE = 1.05;

/** Largest frames, in macroblocks, for which the first three values of `mostBits` hold. */
const MACROBLOCKS = [1620, 2700, 6075];
/** Bytes of a frame by one quantiser and by the search. */
export interface FrameSizes {
  fixed: number;
  search: number;
}

/** Sizes of each frame that was tried, by the chosen quantiser and by the search. */
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
 * True if one quantiser made a clip larger than the search would have: a part that is harder to encode may lie between the
 * frames that were tried.
 *
 * @param tried frames by which the quantiser was chosen; none if the search made the clip.
 * @param sizes bytes of all frames of the proxy.
 */
export function isLargerThanSearch(
  plan: Pick<ProxyPlan, 'codec' | 'video'>,
  tried: readonly FrameSizes[],
  sizes: readonly number[],
): boolean {
  return tried.length > 0 && sizeAgainstSearch(plan, tried, sizes) > MOST_WHOLE_SIZE;
}

/** Size of a whole clip relative to the search's, estimated from the frames that were tried. */
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

/** Size by the search, interpolated between the two nearest frames that were tried. */
function bySearch(known: readonly FrameSizes[], size: number): number {
  const above = known.findIndex(({ fixed }) => fixed >= size);
  const last = known.at(-1);
  if (last === undefined) return size;
  if (above < 0) return (size * last.search) / last.fixed;
  const next = known[above] as FrameSizes;
  const { fixed, search } = known[above - 1] ?? { fixed: 0, search: 0 };
  return search + ((size - fixed) * (next.search - search)) / (next.fixed - fixed);
}

/** Largest size of a frame in bytes; nothing bounds alpha. */
function maxBytes(codec: Codec, { size, pixelFormat }: VideoPlan): number {
  const bits = CODEC_RULES[codec].prores?.mostBits;
  if (bits === undefined || hasAlpha(pixelFormat)) return Infinity;
  const macroblocks = Math.ceil(size.width / 16) * Math.ceil(size.height / 16);
  // For a frame larger than all of these, -1 takes the last limit.
  const column = MACROBLOCKS.findIndex((most) => macroblocks <= most);
  return (macroblocks * (bits.at(column) as number)) / 8;
}
