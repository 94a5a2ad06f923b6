import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';

/** The plan with one quantiser for every slice, which the encoder then needn't search. */
export function withQuantiser(plan: ProxyPlan, quantiser: number): ProxyPlan {
  const { video } = plan;
  const encoderOptions = [...video.encoderOptions, '-qscale:v:0', String(quantiser)];
  return { ...plan, video: { ...video, encoderOptions } };
}
