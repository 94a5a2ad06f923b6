import type { ClipResult, EngineName, JobFailure } from '@app/jobspec';
import type { MediaInfo } from './media/media-info.ts';
import type { ProxyRequest } from './proxy/proxy-request.ts';

/** One source on its way to one proxy, after validation. */
export interface ClipTask {
  sourcePath: string;
  /** The final name; nothing may exist there before or be replaced. */
  outputPath: string;
  /** What validation read of the source; `null` for a format that ffprobe can't open. */
  source: MediaInfo | null;
  request: ProxyRequest;
}

/** The facts of a clip that only its engine knows; the job adds paths and times. */
export type ClipOutcome = Pick<
  ClipResult,
  | 'exit_code'
  | 'output_exists'
  | 'output_size_bytes'
  | 'ffmpeg_command'
  | 'resolve_job'
  | 'stderr'
  | 'partial_output_path'
  | 'warnings'
  | 'verification'
> & { failure: JobFailure | null };

/** Makes proxies. A failed clip is an outcome with its `failure`; only defects are thrown. */
export interface Engine {
  readonly name: EngineName;

  /**
   * Says which program will do the work, for example `ffmpeg 7.1.5`.
   *
   * @throws JobFailure `EngineUnavailableError` when there is none.
   */
  version(): Promise<string>;

  /** Makes, verifies and publishes one proxy. When `signal` is aborted the encoder is ended before this resolves. */
  makeProxy(task: ClipTask, signal: AbortSignal): Promise<ClipOutcome>;
}
