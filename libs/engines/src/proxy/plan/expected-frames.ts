import { rationalToNumber } from '../../media/index.ts';
import type { ProxyPlan } from './proxy-plan.ts';

/** How many frames a proxy may have, by all that its source declares; 0 and 0 where it declares nothing. */
export function expectedFrames({ video, declared }: Pick<ProxyPlan, 'video' | 'declared'>): {
  least: number;
  most: number;
} {
  const { frames, seconds, measuredSeconds, containerSeconds } = declared;
  const rate = rationalToNumber(video.timing.rate);
  const counts = [seconds, measuredSeconds, containerSeconds].map((long) => (long ?? 0) * rate);
  const told = [frames ?? 0, ...counts].filter((count) => count > 0);
  return told.length === 0
    ? { least: 0, most: 0 }
    : { least: Math.min(...told), most: Math.max(...told) };
}
