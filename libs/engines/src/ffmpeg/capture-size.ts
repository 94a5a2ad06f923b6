import { LINES_EVERY, sampledLines } from '../content/pictures/sampled-lines.ts';
import { smallPicture } from '../content/pictures/small-picture.ts';
import { rationalToNumber } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';

/** The share of their samples' size that pictures need at most, measured with 14 clips, of which most need half of that. */
const MOST_OF_SAMPLES = 0.5;

/** Bytes that must be free for what a source shows, before its proxy is begun; 0 where nothing says how long it is. */
export function captureBytes({ picture, declared }: ProxyPlan): number {
  const { frames, seconds, measuredSeconds, containerSeconds } = declared;
  const long = seconds ?? measuredSeconds ?? containerSeconds ?? 0;
  const pictures = Math.max(frames ?? 0, long * rationalToNumber(picture.timing.rate));
  const samples = smallPicture(picture).bytes + sampledLines(picture).bytes / LINES_EVERY;
  return Math.ceil(pictures * samples * MOST_OF_SAMPLES);
}
