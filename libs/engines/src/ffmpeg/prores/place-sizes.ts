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
