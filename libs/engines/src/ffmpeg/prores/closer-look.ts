import { MOST_SIZE } from './choose-quantiser.ts';
import { finest, tellingPlaces, type EncoderSizes } from './place-sizes.ts';
import type { TrialPlan } from './trial-plan.ts';

/** Places whose quantisers differ by more than this say too little of what lies between them. */
const MOST_SPREAD = 2;
/** Beside each place, in distances between places: with these, all are spread evenly again. */
const BESIDE = [-1 / 3, 1 / 3];

/**
 * What else is tried before a quantiser is chosen: in an uneven clip a picture before and one after each place, else nothing (`null`).
 *
 * @param sizes of the trial; `null` when it failed.
 */
export function closerLook(trial: TrialPlan, sizes: EncoderSizes | null): TrialPlan | null {
  const { quantisers, exact } = trial;
  const places = trial.places.filter((place) => place !== null);
  const [first, second] = places;
  if (first === undefined || second === undefined || sizes === null) return null;
  if (!isUneven(quantisers, sizes)) return null;
  const beside = BESIDE.map((share) => share * (second - first));
  const around = places.flatMap((place) => beside.map((seconds) => place + seconds));
  return { quantisers, places: around, exact };
}

/** Whether places ask for very different quantisers, or only some of them for a coarser one than was tried. */
function isUneven(quantisers: readonly number[], sizes: EncoderSizes): boolean {
  const wanted = tellingPlaces(sizes).map((place) => finest(quantisers, [place], MOST_SIZE));
  const fitting = wanted.filter((quantiser) => quantiser !== null);
  if (fitting.length === 0) return false;
  return (
    fitting.length < wanted.length || Math.max(...fitting) > MOST_SPREAD * Math.min(...fitting)
  );
}
