import type { AudioStream, MediaInfo, VideoStream } from '../media/media-info.ts';
import { primaryVideo } from '../media/media-info.ts';
import { declaredFrames } from '../media/stream-time.ts';

/** What only the caller can know of a run. */
export interface RunCounts {
  /** The last `dup_frames` and `drop_frames` of FFmpeg's progress. */
  duplicatedFrames: number;
  droppedFrames: number;
  /** Packets counted in the source's picture, where its header declares no frames; `null` where they were not counted. */
  sourcePackets: number | null;
}

/** A finished proxy as the checks read it. */
export interface OutputFacts {
  media: MediaInfo;
  video: VideoStream | null;
  tracks: readonly AudioStream[];
  /** Counted where they were counted, else as the header says. */
  frames: number | null;
  counts: RunCounts;
}

export function outputFacts(media: MediaInfo, counts: RunCounts): OutputFacts {
  const video = primaryVideo(media);
  return {
    media,
    video,
    tracks: media.streams.filter((stream): stream is AudioStream => stream.kind === 'audio'),
    frames: video && (video.countedPackets ?? declaredFrames(video)),
    counts,
  };
}
