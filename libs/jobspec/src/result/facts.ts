import type { Cause } from '../failure/cause.ts';
import type { Amount, Count, Filled } from '../schema/scalars.ts';

export type { Cause, CauseArgument } from '../failure/cause.ts';

/**
 * Facts of a result as data. Sentences (reasons, warnings) are made from them, never the other way round. Fields are
 * added, never changed; readers ignore unknown ones. Unknown facts are `null`.
 */

/**
 * What the JobSpec asks for.
 *
 * @open
 */
export interface RequestedProxy {
  /** As in the JobSpec. */
  codec: Filled;
  /** As in the JobSpec. */
  container: Filled;
  /**
   * `same`, `half`, `quarter` or `WIDTHxHEIGHT`, as in the JobSpec.
   *
   * @written
   */
  resolution: Filled | null;
  /**
   * Frames per second; `null` keeps the rate of the source.
   *
   * @exclusiveMinimum 0
   */
  fps: number | null;
  /** Keys of looks and burnt-in text: one for all sources, or one for each; none if colours stay unchanged. */
  looks: readonly Filled[];
}

/**
 * Numbers of frames.
 *
 * @open
 */
export interface FrameFacts {
  /** Frames of the source: declared, or counted if it declares none. */
  source: Count | null;
  /** Frames of the proxy. */
  made: Count | null;
  /** Frames repeated in the proxy, to fill a gap or a higher rate. */
  repeated: Count | null;
  /** Frames that only the source has. */
  dropped: Count | null;
}

/**
 * Loudness of an audio track of a proxy, by EBU R 128.
 *
 * @open
 */
export interface TrackLoudness {
  /** Loudness of the whole track; `null` for silence, and for less than 0.4 s. */
  integrated_lufs: number | null;
  /** Highest peak of all channels, in decibels above full scale; `null` for silence. */
  true_peak_dbtp: number | null;
}

/**
 * Facts of a clip: the request, and what is known of the proxy that was verified, or started.
 *
 * @open
 */
export interface ClipFacts {
  /**
   * What the JobSpec asks for.
   *
   * @written
   */
  requested: RequestedProxy | null;
  /** Numbers of frames. */
  frames: FrameFacts;
  /** Timecode of the first frame, `01:00:00:00`, with `;` before the frames for drop-frame. */
  timecode: Filled | null;
  /** Reel of the source, even if the proxy has no place for it. */
  reel: Filled | null;
  /** Codec of the proxy, by its name in ffprobe, such as `prores`. */
  video_codec: Filled | null;
  /** Frame size in pixels, such as `1920x1080`. */
  size: Filled | null;
  /** Frames per second as a fraction, such as `24000/1001`. */
  frame_rate: Filled | null;
  /** By its name in ffprobe, such as `progressive` or `tt`. */
  field_order: Filled | null;
  /** Channels of each audio track, in order. */
  audio_channels: readonly Count[] | null;
  /** Duration of the proxy. */
  duration_seconds: Amount | null;
  /** Frame size of the source in pixels, upright; absent if unknown. */
  source_size?: Filled;
  /** Sample rate of the source’s first audio track, in Hz; absent if unknown. */
  source_sample_rate?: Count;
  /**
   * Loudness of each audio track of the proxy, in order, by EBU R 128; absent if not measured. For information: nothing is checked
   * against it.
   */
  loudness?: readonly TrackLoudness[];
  /** Size in pixels of the copies by which each frame was compared with its source, `96x56`; absent if none was. */
  compared_size?: Filled;
  /** Cause of the clip’s failure; `null` for a finished proxy. */
  cause: Cause | null;
  /**
   * Whether `doctor --prove` has proved the FFmpeg that made it, for this watch folder; absent for
   * Resolve, and if nothing was made.
   */
  proved?: boolean;
}

/** Facts of a clip that its engine knows. */
export type ProxyFacts = Omit<ClipFacts, 'requested' | 'cause'>;

/** Facts of its source, by their names. */
export type SourceFacts = Pick<ProxyFacts, Extract<keyof ProxyFacts, `source_${string}`>>;

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
