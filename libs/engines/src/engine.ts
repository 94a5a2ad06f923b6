import type { ClipResult, EngineName, JobFailure, Violation } from '@app/jobspec';
import type { Poster } from './content/pictures/poster.ts';
import type { MediaInfo } from './media/index.ts';
import type { ProxyRequest } from './proxy/plan/proxy-request.ts';
import type { ProxyFacts } from './verify/proxy-facts.ts';

/** One source on its way to one proxy, after validation. */
export interface ClipTask {
  sourcePath: string;
  /** Where the proxy will be, once it is verified. Nothing may be written there before. */
  outputPath: string;
  /** An empty file of ours beside the output, with the output's extension; the engine writes the proxy into it. */
  readonly stagingPath: string;
  /**
   * What programs are given instead of that name: it leads to this very file, whatever somebody puts in the place of the
   * name, where the system has such paths.
   */
  readonly stagedFile: string;
  /** Takes the file that another program has made under that name in the place of the empty one. */
  adopt(): Promise<void>;
  /**
   * A free name beside the output, for an engine that needs a folder: it makes the folder and removes it. What an
   * interrupted job leaves of it is removed by recovery.
   */
  stagingFolder: string;
  /** A free name for a folder of what is only for checks, perhaps elsewhere; made and removed likewise. */
  scratchFolder: string;
  /** The output directory as the JobSpec has it, which may lead through links; `stagingFolder` is without. */
  namedFolder: string;
  /** Whether somebody will look at pictures of the proxy. */
  wantsPosters?: boolean;
  /** Told now and then how far the encoder is, by an engine that can tell. */
  onProgress?: (progress: ClipProgress) => void;
}

export interface ClipProgress {
  /** `comparing`: all is encoded, and is compared with the source. */
  phase: 'making' | 'comparing';
  /** Frames that are encoded. */
  frames: number;
  /** Frames that the source declares. */
  declaredFrames: number | null;
  /** Times real time. */
  speed: number | null;
}

/** The facts of a clip that only its engine knows; the job adds paths and times. */
export type ClipOutcome = Pick<
  ClipResult,
  | 'exit_code'
  | 'ffmpeg_command'
  | 'executed_command'
  | 'prores_quantiser'
  | 'resolve_job'
  | 'stderr'
  | 'warnings'
  | 'verification'
> & {
  failure: JobFailure | null;
  /** `null` where the engine came to none. */
  facts?: ProxyFacts | null;
  /** Pictures of what was made, also of a proxy that failed; as many as there could be. */
  posters?: readonly Poster[];
};

/** Makes and verifies one proxy. When `signal` is aborted the encoder has ended before this resolves. */
export type MakeProxy = (task: ClipTask, signal: AbortSignal) => Promise<ClipOutcome>;

/** What makes a proxy as it was planned, or what the engine can't do for the request with this source. */
export type Preparation =
  | { makeProxy: MakeProxy; violations?: undefined }
  | { makeProxy?: undefined; violations: readonly Violation[] };

/** Makes proxies. A failed clip is an outcome with its `failure`; only defects are thrown. */
export interface Engine {
  readonly name: EngineName;

  /**
   * Says which program will do the work, for example `ffmpeg 7.1.5`.
   *
   * @throws JobFailure `EngineUnavailableError` when there is none.
   */
  version(signal?: AbortSignal): Promise<string>;

  /**
   * Decides how one proxy is made, before any work.
   *
   * @param source What was read of it; `null` for a format that ffprobe can't open.
   */
  prepare(request: ProxyRequest, source: MediaInfo | null): Preparation;
}
