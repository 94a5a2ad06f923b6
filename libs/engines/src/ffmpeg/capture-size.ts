import { sampleForm } from '../content/frames/sample-form.ts';
import { rationalToNumber } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';

/** The share of their samples' size that frames need at most, measured with 14 clips, of which half need little more than half of that. */
const MOST_OF_SAMPLES = 0.68;

/** Bytes that must be free for what a source shows, before its proxy is begun, by all that it declares; 0 where nothing says how long it is. */
export function captureBytes({ video, declared }: Pick<ProxyPlan, 'video' | 'declared'>): number {
  const { frames, seconds, measuredSeconds, containerSeconds } = declared;
  const longest = Math.max(seconds ?? 0, measuredSeconds ?? 0, containerSeconds ?? 0);
  const most = Math.max(frames ?? 0, longest * rationalToNumber(video.timing.rate));
  return Math.ceil(most * sampleForm(video).bytes * MOST_OF_SAMPLES);
}
