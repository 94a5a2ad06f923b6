import type { PacketList } from '../../media/index.ts';
import type { EncoderSizes } from './place-sizes.ts';
import type { TrialPlan } from './trial-plan.ts';

/**
 * How many bytes each encoder of a trial made of each picture, in the order of the places; `null` unless every encoder has made
 * every picture.
 *
 * @param list what the trial wrote.
 */
export function trialSizes(
  list: PacketList,
  { quantisers, places }: Pick<TrialPlan, 'quantisers' | 'places'>,
): EncoderSizes | null {
  const sizes = list.sizes();
  const isWhole =
    sizes.length === 1 + quantisers.length && sizes.every(({ length }) => length === places.length);
  return isWhole ? sizes : null;
}
