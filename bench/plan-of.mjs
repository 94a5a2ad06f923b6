// The runner's own plan for a clip.
import { execFileSync } from 'node:child_process';
import { planProxy } from '../dist/libs/engines/src/index.js';
import * as media from '../dist/libs/engines/src/media/index.js';

const probe = (args) => JSON.parse(execFileSync('ffprobe', args, { maxBuffer: 1 << 28 }));

/** @param request codec, container and resolution as in a JobSpec @throws Error if the clip can't get this proxy */
export function planOf(clip, request) {
  const found = planProxy({ explicitFps: null, ...request }, mediaOf(clip));
  if (!found.plan) throw new Error(JSON.stringify(found.violations));
  return found.plan;
}

/** Media info of a clip as the runner has it before it plans. */
export function mediaOf(clip) {
  const found = media.parseFfprobe(probe(media.ffprobeArguments(clip)));
  const video = media.primaryVideo(found);
  const head = media.needsHead(found, video)
    ? media.parseHead(probe(media.headArguments(clip, found, video)), found)
    : null;
  const streams = found.streams.map((stream) => (stream === video ? { ...video, head } : stream));
  return { ...found, streams };
}
