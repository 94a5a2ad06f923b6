import {
  type AudioStream,
  declaredFrames,
  type MediaInfo,
  primaryVideo,
  type VideoStream,
} from '../media/index.ts';

/** What only the caller can know of a run. */
export interface RunCounts {
  /** The last `dup_frames` and `drop_frames` of FFmpeg's progress. */
  duplicatedFrames: number;
  droppedFrames: number;
  /**
   * When each picture of the proxy is shown in its source, in seconds after the proxy's zero and in the order of the
   * proxy; `NaN` for a picture that its container only counts; `null` where the engine doesn't tell.
   */
  frameTimes: readonly number[] | null;
  /** Seconds of a tick of those times. */
  frameTick: number;
  /** The source, read to its end, where its header alone doesn't settle what the proxy must hold. */
  source: MediaInfo | null;
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
    frames: video && (video.packets?.count ?? declaredFrames(video)),
    counts,
  };
}
