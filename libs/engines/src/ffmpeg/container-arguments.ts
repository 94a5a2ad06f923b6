import type { Container } from '@app/jobspec';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';

/** `faststart` puts the index first, so that a player or a browser can begin before the end is there. */
const MUXERS: Record<Container, readonly string[]> = {
  mov: ['-movflags', '+faststart', '-write_tmcd', 'auto', '-f', 'mov'],
  mp4: ['-movflags', '+faststart', '-write_tmcd', 'auto', '-f', 'mp4'],
  mkv: ['-f', 'matroska'],
  webm: ['-f', 'webm'],
  mxf: ['-f', 'mxf'],
};

/** What the container holds beside the streams, and its muxer. Nothing is copied from the source unasked. */
export function containerArguments({ container, timecode, reelName }: ProxyPlan): string[] {
  const reelPlace = container === 'mxf' ? '-metadata' : '-metadata:s:v:0';
  return [
    ['-map_metadata', '-1', '-map_chapters', '-1'],
    timecode === null ? [] : ['-metadata:s:v:0', `timecode=${timecode}`],
    reelName === null ? [] : [reelPlace, `reel_name=${reelName}`],
    ['-fflags', '+bitexact'],
    MUXERS[container],
  ].flat();
}
