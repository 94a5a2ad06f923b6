import { CODEC_RULES } from './codec-rules.ts';
import type { ProxyPlan } from '../plan/proxy-plan.ts';

type Planned = Pick<ProxyPlan, 'codec' | 'video'>;

const OPTION = '-qscale:v:0';
/** Coarsest quantiser of the encoder's search, which takes twice as many as may be set. */
const COARSEST = 128;
/** Quantiser at which a mean is lowered by a level of 255. */
const PER_LEVEL = 64;

/** Plan with one quantiser for every slice, which spares the encoder its search. */
export function withQuantiser<T extends Planned>(plan: T, quantiser: number): T {
  const { video } = plan;
  const encoderOptions = [...video.encoderOptions, OPTION, String(quantiser)];
  return { ...plan, video: { ...video, encoderOptions } };
}

/** Quantiser of every slice; `null` if the encoder searches one for each. */
export function quantiserOf({ video: { encoderOptions } }: Planned): number | null {
  const at = encoderOptions.indexOf(OPTION);
  return at < 0 ? null : Number(encoderOptions[at + 1]);
}

/**
 * Levels of 255 by which an encoder may move the mean of noise towards grey. `prores_ks` cuts the mean of each block towards grey
 * to a multiple of its quantiser, so by half of that on average; 64 measured 0.99 levels, and the search 1.7.
 */
export function levelsTowardsGrey(plan: Planned): number {
  const isProres = CODEC_RULES[plan.codec].prores !== undefined;
  return isProres ? (quantiserOf(plan) ?? COARSEST) / PER_LEVEL : 0;
}
