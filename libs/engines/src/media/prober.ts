import type { MediaInfo } from './media-info.ts';

/**
 * What ffprobe says of a file, or, in its own words, why it can't open it. `foreign` is what it says of one whose container
 * sources may not have, and `damage` what the structure of the file says of it.
 */
export type ProbeResult =
  { media: MediaInfo } | { error: string; foreign?: MediaInfo; damage?: string | null };

/** Looks into one media file. An abstract class, so that it can be injected by its name. */
export abstract class Prober {
  /**
   * Reads the header of such a file alone, and no picture: engine and refusals hang on nothing else.
   *
   * @throws as {@link probe} does.
   */
  abstract describe(path: string, signal?: AbortSignal): Promise<ProbeResult>;

  /**
   * Reads the headers of a regular file that is not empty. When `signal` is aborted, ffprobe is ended and the promise
   * rejects with the signal's reason.
   *
   * @throws JobFailure `EngineUnavailableError` when there is no ffprobe.
   */
  abstract probe(path: string, signal?: AbortSignal): Promise<ProbeResult>;
}
