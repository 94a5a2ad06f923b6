import type { ProresQuantiser } from '@app/jobspec';
import { finest, ratio, nonBlackSamples, type EncoderSizes } from './place-sizes.ts';

/** The pictures may be so much larger than the search makes them; a clip differs from a few of its pictures by some more. */
const MOST_SIZE = 1.01;

/**
 * Chooses the finest quantiser whose pictures are together no larger than the search makes them.
 *
 * @param quantisers that were tried, from fine to coarse.
 * @param sizes of the trial; `null` when it failed.
 */
export function chooseQuantiser(
  quantisers: readonly number[],
  sizes: EncoderSizes | null,
): ProresQuantiser {
  if (sizes === null) return leftToSearch('Quantisers could not be tried on this clip.');
  const places = nonBlackSamples(sizes);
  if (places.length === 0)
    return leftToSearch('The pictures that were tried are the same with every quantiser.');
  const quantiser = finest(quantisers, places, MOST_SIZE);
  if (quantiser === null)
    return leftToSearch('No quantiser that was tried keeps to the size of the search.');
  const size = Math.round(1000 * ratio(quantisers, places, quantiser)) / 1000;
  const frames = places.length === 1 ? 'a picture' : `${places.length} pictures`;
  const reason = `The finest whose size is that of the search, by ${frames} of the clip.`;
  return { quantiser, reason, size };
}

/** The choice where no quantiser is known to serve. */
export function leftToSearch(reason: string): ProresQuantiser {
  return { quantiser: null, reason, size: null };
}
