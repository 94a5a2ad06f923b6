import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';

/** The plan with one quantiser for every slice, which the encoder then needn't search. */
export function withQuantiser(plan: ProxyPlan, quantiser: number): ProxyPlan {
  const { picture } = plan;
  const encoderOptions = [...picture.encoderOptions, '-qscale:v:0', String(quantiser)];
  return { ...plan, picture: { ...picture, encoderOptions } };
}
