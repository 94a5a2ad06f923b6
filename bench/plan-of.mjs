// The runner's own plan for a clip.
import { execFileSync } from 'node:child_process';
import * as engines from '../dist/libs/engines/src/index.js';

const probe = (args) => JSON.parse(execFileSync('ffprobe', args, { maxBuffer: 1 << 28 }));

/** @param request what a JobSpec wants. @throws Error when it can't be made of this clip. */
export function planOf(clip, request) {
  const found = engines.planProxy({ explicitFps: null, ...request }, mediaOf(clip));
  if (!found.plan) throw new Error(JSON.stringify(found.violations));
  return found.plan;
}

/** What the runner knows of a clip before it plans. */
export function mediaOf(clip) {
  const media = engines.parseFfprobe(probe(engines.ffprobeArguments(clip)));
  const video = engines.primaryVideo(media);
  const head = engines.headIsNeeded(media, video)
    ? engines.parseHead(probe(engines.headArguments(clip, media, video)), media)
    : null;
  const streams = media.streams.map((stream) => (stream === video ? { ...video, head } : stream));
  return { ...media, streams };
}
