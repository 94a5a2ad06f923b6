import type { ProresQuantiser } from '@app/jobspec';

/** What one place of a clip became: bytes by the encoder's own search, and by each quantiser that was tried. */
interface PlaceSizes {
  search: number;
  fixed: readonly number[];
}

/** The pictures may be so much larger than the search makes them; a clip differs from a few of its pictures by some more. */
const MOST_SIZE = 1.01;
/** Places whose quantisers differ by more than this are too different for one. */
const MOST_SPREAD = 2;
/** A picture whose sizes differ by less, a black one for example, is the same with every quantiser. */
const FLAT = 1.15;

/**
 * Chooses the finest quantiser whose pictures are no larger than the search makes them.
 *
 * @param quantisers that were tried, from fine to coarse.
 * @param sizes bytes by the search, then by each quantiser; each has the same places. `null` for a trial that failed.
 */
export function chooseQuantiser(
  quantisers: readonly number[],
  sizes: readonly (readonly number[])[] | null,
): ProresQuantiser {
  if (sizes === null) return leftToSearch('Quantisers could not be tried on this clip.');
  const places = placesOf(sizes);
  const telling = places.filter(({ fixed }) => (fixed[0] ?? 0) > FLAT * (fixed.at(-1) ?? 0));
  if (telling.length === 0)
    return leftToSearch('The pictures that were tried are the same with every quantiser.');
  const wanted = telling.map((place) => finest(quantisers, [place]));
  const fitting = wanted.filter((quantiser) => quantiser !== null);
  const all = finest(quantisers, telling);
  if (fitting.length < wanted.length || all === null)
    return leftToSearch('No quantiser that was tried keeps to the size of the search.');
  const [least, most] = [Math.min(...fitting), Math.max(...fitting)];
  if (most > MOST_SPREAD * least)
    return leftToSearch(
      `The clip is uneven: its places ask for quantisers from ${least} to ${most}.`,
    );
  return chosen(quantisers, telling, all);
}

/** The choice where no quantiser is known to serve. */
export function leftToSearch(reason: string): ProresQuantiser {
  return { quantiser: null, reason, size: null };
}

function chosen(
  quantisers: readonly number[],
  places: readonly PlaceSizes[],
  quantiser: number,
): ProresQuantiser {
  const size = Math.round(1000 * ratio(quantisers, places, quantiser)) / 1000;
  const pictures = places.length === 1 ? 'a picture' : `${places.length} pictures`;
  const reason = `The finest whose size is that of the search, by ${pictures} of the clip.`;
  return { quantiser, reason, size };
}

function finest(quantisers: readonly number[], places: readonly PlaceSizes[]): number | null {
  const last = quantisers.at(-1) ?? 0;
  for (let quantiser = quantisers[0] ?? 1; quantiser <= last; quantiser++)
    if (ratio(quantisers, places, quantiser) <= MOST_SIZE) return quantiser;
  return null;
}

/** The size of all places together against that of the search. */
function ratio(
  quantisers: readonly number[],
  places: readonly PlaceSizes[],
  quantiser: number,
): number {
  const fixed = places.reduce((sum, place) => sum + sizeAt(quantisers, place.fixed, quantiser), 0);
  return fixed / places.reduce((sum, place) => sum + place.search, 0);
}

/** Between two quantisers that were tried, sizes and quantisers follow each other by their logarithms. */
function sizeAt(
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

function placesOf([search = [], ...fixed]: readonly (readonly number[])[]): PlaceSizes[] {
  return search.map((size, place) => ({
    search: size,
    fixed: fixed.map((encoder) => encoder[place] ?? size),
  }));
}
