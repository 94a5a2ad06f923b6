import type { Cause } from '../failure/cause.ts';

export type { Cause, CauseArgument } from '../failure/cause.ts';

/**
 * What a result says as data. Sentences (reasons, warnings) are made from it, last, and nothing reads one back. Fields are added,
 * never changed; a reader ignores what it doesn't know. What isn't known is `null`.
 */

/** What a JobSpec asks for, of each of its sources. */
export interface RequestedProxy {
  codec: string;
  container: string;
  /** As it is written: `same`, `half`, `quarter` or `WIDTHxHEIGHT`; `null` only where a result doesn't tell. */
  resolution: string | null;
  /** Frames a second; `null` for those of the source. */
  fps: number | null;
  /** See `lookKeys`: of all sources, or of each; none where colours stay as they are. */
  looks: readonly string[];
}

/** Counts of frames. */
export interface FrameFacts {
  /** That the source has: declared, or counted where it declares none. */
  source: number | null;
  /** That the proxy has. */
  made: number | null;
  /** That were shown once more in the proxy, to fill a gap or a higher rate. */
  repeated: number | null;
  /** That are in the source only. */
  dropped: number | null;
}

/** How loud a track of a proxy is, by EBU R 128. */
export interface TrackLoudness {
  /** Of all of it; `null` of silence, and of less than 0.4 s. */
  integrated_lufs: number | null;
  /** The highest of all channels, decibels above full scale; `null` of silence. */
  true_peak_dbtp: number | null;
}

/** A clip as data: what was asked for, and what is known of the proxy that was verified, or began to be made. */
export interface ClipFacts {
  /** `null` only where a result doesn't tell. */
  requested: RequestedProxy | null;
  frames: FrameFacts;
  /** Of the first frame, `01:00:00:00`, with `;` before the frames for drop-frame. */
  timecode: string | null;
  /** Name of the source's reel, whether or not the proxy has a place for it. */
  reel: string | null;
  /** As ffprobe names it, such as `prores`. */
  video_codec: string | null;
  /** Pixels of a frame, `1920x1080`. */
  size: string | null;
  /** Frames a second as a fraction, such as `24000/1001`. */
  frame_rate: string | null;
  /** As ffprobe names it, such as `progressive` or `tt`. */
  field_order: string | null;
  /** Channels of each audio track, in order. */
  audio_channels: readonly number[] | null;
  duration_seconds: number | null;
  /** Pixels of a frame of the source as it is shown, upright; absent where it isn't known. */
  source_size?: string;
  /** Of the first audio track of the source, in Hz; absent where it isn't known. */
  source_sample_rate?: number;
  /** Of each audio track, in order; absent where it wasn't measured. */
  loudness?: readonly TrackLoudness[];
  /** Pixels of the copies by which each frame was compared with its source, `96x56`; absent where none was. */
  compared_size?: string;
  /** Of a failure; `null` for a proxy that was made. */
  cause: Cause | null;
  /** Whether `doctor --prove` has proved the FFmpeg that made it, for this watch folder; absent of Resolve, and where nothing was made. */
  proved?: boolean;
}

/** What an engine knows of a clip. */
export type ProxyFacts = Omit<ClipFacts, 'requested' | 'cause'>;

/** Of a clip of which nothing is known. */
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
