import { LINES_EVERY, sampledLines } from '../content/frames/sampled-lines.ts';
import { sampleForm } from '../content/frames/sample-form.ts';
import { rationalToNumber } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';

/** The share of their samples' size that pictures need at most, measured with 14 clips, of which most need half of that. */
const MOST_OF_SAMPLES = 0.5;

/** Bytes that must be free for what a source shows, before its proxy is begun; 0 where nothing says how long it is. */
export function captureBytes({ video, declared }: ProxyPlan): number {
  const { frames, seconds, measuredSeconds, containerSeconds } = declared;
  const long = seconds ?? measuredSeconds ?? containerSeconds ?? 0;
  const pictures = Math.max(frames ?? 0, long * rationalToNumber(video.timing.rate));
  const samples = sampleForm(video).bytes + sampledLines(video).bytes / LINES_EVERY;
  return Math.ceil(pictures * samples * MOST_OF_SAMPLES);
}
