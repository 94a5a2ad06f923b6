import { sampleForm } from '../content/frames/sample-form.ts';
import { expectedFrames } from '../proxy/plan/expected-frames.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';

/** The share of their samples' size that frames need at most, measured with 14 clips, of which half need little more than half of that. */
const MOST_OF_SAMPLES = 0.68;

/** Bytes that must be free for what a source shows, before its proxy is begun; 0 where nothing says how long it is. */
export function captureBytes(plan: ProxyPlan): number {
  return Math.ceil(expectedFrames(plan).most * sampleForm(plan.video).bytes * MOST_OF_SAMPLES);
}
