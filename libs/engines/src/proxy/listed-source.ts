import type { MediaInfo, VideoStream } from '../media/index.ts';
import type { ListedSource } from './plan/proxy-plan.ts';
import { sourceReel } from './time/reel-name.ts';
import { uprightRaster } from './video/frame-size.ts';

/** What a source says of itself. */
export function listedSource(media: MediaInfo, video: VideoStream): ListedSource {
  const { width, height } = uprightRaster(video)?.size ?? {};
  const audio = media.streams.find((stream) => stream.kind === 'audio');
  return {
    reel: sourceReel(media, video),
    size: width && height ? `${width}x${height}` : null,
    sampleRate: audio?.sampleRate ?? null,
  };
}
