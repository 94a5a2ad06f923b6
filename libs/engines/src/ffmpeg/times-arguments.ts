import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { videoInput } from './inputs.ts';
import { TIMES } from './video-arguments.ts';

/**
 * FFmpeg's arguments, without the program's name, for decoding the pictures of a source and telling when each is shown, as
 * the pass that encodes does: also of those that it would drop.
 *
 * @param path absolute.
 */
export function timesArguments(plan: ProxyPlan, path: string): string[] {
  return [
    ['-hide_banner', '-nostdin', '-loglevel', 'level+error', '-nostats', '-progress', 'pipe:1'],
    videoInput(plan, path),
    ['-map', `0:${plan.video.streamIndex}`, '-fps_mode:v:0', 'passthrough', ...TIMES],
    ['-c:v', 'wrapped_avframe', '-f', 'null', '-'],
  ].flat();
}
