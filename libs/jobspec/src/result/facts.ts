import type { Cause } from '../failure/cause.ts';

export type { Cause, CauseArgument } from '../failure/cause.ts';

/**
 * Facts of a result as data. Sentences (reasons, warnings) are made from them, never the other way round. Fields are
 * added, never changed; readers ignore unknown ones. Unknown facts are `null`.
 */

/** Proxies requested by a JobSpec for its sources. */
export interface RequestedProxy {
  codec: string;
  container: string;
  /** `same`, `half`, `quarter` or `WIDTHxHEIGHT`, as in the JobSpec; `null` only if a result lacks it. */
  resolution: string | null;
  /** Frames per second; `null` for the rate of the source. */
  fps: number | null;
  /** See `lookKeys`: one for all sources, or one for each; empty if colours stay unchanged. */
  looks: readonly string[];
}

/** Numbers of frames. */
export interface FrameFacts {
  /** Frames of the source: declared, or counted if it declares none. */
  source: number | null;
  /** Frames of the proxy. */
  made: number | null;
  /** Frames repeated in the proxy, to fill a gap or a higher rate. */
  repeated: number | null;
  /** Frames that only the source has. */
  dropped: number | null;
}

/** Loudness of an audio track of a proxy, by EBU R 128. */
export interface TrackLoudness {
  /** Loudness of the whole track; `null` for silence, and for less than 0.4 s. */
  integrated_lufs: number | null;
  /** Peak of all channels, in decibels above full scale; `null` for silence. */
  true_peak_dbtp: number | null;
}

/** Facts of a clip: the request, and what is known of the proxy that was verified, or started. */
export interface ClipFacts {
  /** `null` only if a result lacks it. */
  requested: RequestedProxy | null;
  frames: FrameFacts;
  /** Timecode of the first frame, `01:00:00:00`, with `;` before the frames for drop-frame. */
  timecode: string | null;
  /** Name of the source's reel, whether or not the proxy has a place for it. */
  reel: string | null;
  /** ffprobe's name, such as `prores`. */
  video_codec: string | null;
  /** Frame size in pixels, `1920x1080`. */
  size: string | null;
  /** Frames per second as a fraction, such as `24000/1001`. */
  frame_rate: string | null;
  /** ffprobe's name, such as `progressive` or `tt`. */
  field_order: string | null;
  /** Channels of each audio track, in order. */
  audio_channels: readonly number[] | null;
  duration_seconds: number | null;
  /** Frame size of the source in pixels, upright; absent if unknown. */
  source_size?: string;
  /** Sample rate of the source's first audio track, in Hz; absent if unknown. */
  source_sample_rate?: number;
  /** Loudness of each audio track, in order; absent if not measured. */
  loudness?: readonly TrackLoudness[];
  /** Size in pixels of the copies by which each frame was compared with its source, `96x56`; absent if none was. */
  compared_size?: string;
  /** Cause of a failure; `null` for a finished proxy. */
  cause: Cause | null;
  /**
   * True if `doctor --prove` has proved the FFmpeg that made it, for this watch folder; absent for Resolve, and if nothing was
   * made.
   */
  proved?: boolean;
}

/** Facts of a clip that its engine knows. */
export type ProxyFacts = Omit<ClipFacts, 'requested' | 'cause'>;

/** Facts of a clip about which nothing is known. */
export const NO_FACTS: ProxyFacts = {
  frames: { source: null, made: null, repeated: null, dropped: null },
  timecode: null,
  reel: null,
  video_codec: null,
  size: null,
  frame_rate: null,
  field_order: null,
  audio_channels: null,
  duration_seconds: null,
};
