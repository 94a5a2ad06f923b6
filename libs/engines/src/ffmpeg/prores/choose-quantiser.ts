import type { ProresQuantiser } from '@app/jobspec';
import { finest, ratio, tellingPlaces, type EncoderSizes } from './place-sizes.ts';

/** The pictures may be so much larger than the search makes them; a clip differs from a few of its pictures by some more. */
export const MOST_SIZE = 1.01;
/** An uneven clip differs more from its pictures. One quantiser gives it a better likeness even below this size. */
const MOST_UNEVEN_SIZE = 0.98;

/**
 * Chooses the finest quantiser whose pictures are no larger than the search makes them.
 *
 * @param quantisers that were tried, from fine to coarse.
 * @param looks sizes of the trial and of its closer looks, which only an uneven clip has. `null` for one that failed.
 */
export function chooseQuantiser(
  quantisers: readonly number[],
  looks: readonly (EncoderSizes | null)[],
): ProresQuantiser {
  const known = looks.filter((sizes) => sizes !== null);
  if (known.length < looks.length)
    return leftToSearch('Quantisers could not be tried on this clip.');
  const places = known.flatMap(tellingPlaces);
  if (places.length === 0)
    return leftToSearch('The pictures that were tried are the same with every quantiser.');
  const uneven = looks.length > 1;
  const quantiser = finest(quantisers, places, uneven ? MOST_UNEVEN_SIZE : MOST_SIZE);
  if (quantiser === null) return leftToSearch(uneven ? NONE_FOR_UNEVEN : NONE);
  const size = Math.round(1000 * ratio(quantisers, places, quantiser)) / 1000;
  const pictures = places.length === 1 ? 'a picture' : `${places.length} pictures`;
  return { quantiser, reason: uneven ? belowSearch(pictures) : asSearch(pictures), size };
}

/** The choice where no quantiser is known to serve. */
export function leftToSearch(reason: string): ProresQuantiser {
  return { quantiser: null, reason, size: null };
}

const NONE = 'No quantiser that was tried keeps to the size of the search.';
const NONE_FOR_UNEVEN =
  'The clip is uneven. No quantiser that was tried stays below the size of the search.';

function asSearch(pictures: string): string {
  return `The finest whose size is that of the search, by ${pictures} of the clip.`;
}

function belowSearch(pictures: string): string {
  return `The clip is uneven. This is the finest quantiser whose size stays below that of the search, by ${pictures} of the clip.`;
}
