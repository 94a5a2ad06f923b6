import { rationalToNumber } from '../../media/index.ts';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';

/** A few pictures that are encoded before a clip is, to choose a quantiser by. */
export interface TrialPlan {
  /** From fine to coarse; the first one is the finest that the encoder's own search takes. */
  quantisers: readonly number[];
  /** Seconds from the start of the file; `null` takes the first picture. */
  places: readonly (number | null)[];
  /** Whether pictures are decoded up to each place; else the key picture before it is taken, which may be far away. */
  exact: boolean;
}

/** A place more for so many pictures; each costs about as much as the search for two. */
const FRAMES_PER_PLACE = 24;
/** Each has a decoder of its own, with its memory. */
const MOST_PLACES = 3;
/** Longer clips have key pictures, or would be decoded for minutes. */
const MOST_DECODED = 600;
/** Pixels that the search gets through while FFmpeg starts once more. */
const START_PIXELS = 1.2e6;
/** Pictures that a trial costs at least, and that a clip must have for the place in its middle. */
const TRIAL_FRAMES = 3;
const LEAST_FRAMES = 8;

/** Where and with what a ProRes clip is tried, nowhere when it is so short that the search costs less; `null` for other codecs. */
export function planTrial(plan: ProxyPlan): TrialPlan | null {
  const quantisers = CODEC_RULES[plan.codec].prores?.quantisers;
  if (!quantisers) return null;
  const seconds = lengthOf(plan);
  if (seconds === null) return { quantisers, places: [null], exact: false };
  const { size, timing } = plan.video;
  const frames = plan.declared.frames ?? Math.round(seconds * rationalToNumber(timing.rate));
  const saved = (frames - TRIAL_FRAMES) * size.width * size.height;
  if (frames < LEAST_FRAMES || saved < START_PIXELS)
    return { quantisers, places: [], exact: false };
  const wanted = Math.floor(frames / FRAMES_PER_PLACE);
  const count = Math.min(Math.max(wanted, 1), MOST_PLACES);
  const places = Array.from(
    { length: count },
    (_, index) => (seconds * (2 * index + 1)) / 2 / count,
  );
  return { quantisers, places, exact: frames <= MOST_DECODED };
}

function lengthOf({ declared, video }: ProxyPlan): number | null {
  const known = declared.seconds ?? declared.measuredSeconds;
  if (known !== null && known > 0) return known;
  return declared.frames === null
    ? null
    : declared.frames / rationalToNumber(video.timing.sourceRate);
}
