import { CONTAINER_RULES } from '../proxy/containers/container-rules.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';

/** What the container holds beside the streams, and its muxer. Nothing is copied from the source unasked. */
export function containerArguments({ container, timecode, reelName }: ProxyPlan): string[] {
  const rule = CONTAINER_RULES[container];
  return [
    ['-map_metadata', '-1', '-map_chapters', '-1'],
    timecode === null ? [] : ['-metadata:s:v:0', `timecode=${timecode}`],
    reelName === null || 'missing' in rule.reelName
      ? []
      : [rule.reelName.option, `reel_name=${reelName}`],
    ['-fflags', '+bitexact'],
    rule.muxer,
  ].flat();
}
