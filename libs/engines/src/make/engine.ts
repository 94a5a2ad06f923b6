import type { ClipResult, EngineName, JobFailure, ProxyFacts } from '@app/jobspec';
import type { Thumbnail } from '../content/frames/thumbnail.ts';
import type { MediaInfo } from '../media/index.ts';
import type { EngineViolation, ProxyRequest } from '../proxy/plan/proxy-plan.ts';

/** One source on its way to one proxy, after validation. */
export interface ClipTask {
  request: ProxyRequest;
  /** Source as probed; `null` for a format that ffprobe can't open. */
  source: MediaInfo | null;
  sourcePath: string;
  /**
   * Path given to programs instead of `sourcePath`. If the system has such paths, it leads to the very file that was validated,
   * even if another has since taken its name.
   */
  sourceFile: string;
  /** Source path as in the JobSpec, which may lead through links; `sourcePath` doesn't. */
  namedSource: string;
  /** Final path of the proxy. Nothing may be written there before it is verified. */
  outputPath: string;
  /** Empty file that the job created beside the output, with the output's extension; the engine writes the proxy into it. */
  readonly stagingPath: string;
  /** Path given to programs instead of `stagingPath`, leading to that very file as `sourceFile` does. */
  readonly stagedFile: string;
  /** Takes over the file that another program has put in place of the empty one. */
  adopt(): Promise<void>;
  /**
   * Free name beside the output for an engine that needs a folder, which it creates and removes. Recovery removes what an
   * interrupted job leaves.
   */
  stagingFolder: string;
  /** Free names for a scratch folder of checks, the best place first; created and removed likewise. */
  scratchFolders: readonly string[];
  /** Output directory as in the JobSpec, which may lead through links; `stagingFolder` doesn't. */
  namedFolder: string;
  /** True if thumbnails of the proxy are wanted. */
  wantsThumbnails?: boolean;
  /** Called now and then with the encoder's progress, by an engine that can report it. */
  onProgress?: (progress: ClipProgress) => void;
  /** Called once with the reason why the clip waits for space, and with `null` when it goes on; without it, nothing waits. */
  onWait?: ((reason: string | null) => void) | undefined;
}

export interface ClipProgress {
  /** `comparing`: everything is encoded, and is being compared with the source. */
  phase: 'making' | 'comparing';
  /** Frames encoded. */
  frames: number;
  /** Frames that the source declares. */
  declaredFrames: number | null;
  /** Multiple of real time. */
  speed: number | null;
}

/** Facts of a clip that only its engine knows; the job adds paths and times. */
export type ClipOutcome = Pick<
  ClipResult,
  | 'attempts'
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
  /** `null` if the engine has none. */
  facts?: ProxyFacts | null;
  /** Stills of the proxy, even of a failed one; as many as could be made. */
  thumbnails?: readonly Thumbnail[];
};

/** Makes proxies. A failed clip is an outcome with its `failure`; only bugs are thrown. */
export interface Engine {
  readonly name: EngineName;

  /**
   * Program that does the work, for example `ffmpeg 7.1.5`.
   *
   * @throws JobFailure `EngineUnavailableError` if there is none.
   */
  version(signal?: AbortSignal): Promise<string>;

  /**
   * Parts of a request that the engine can't do for a source; none if it can make the proxy. Nothing is read or run.
   *
   * @param source as probed; `null` for a format that ffprobe can't open.
   */
  violations(request: ProxyRequest, source: MediaInfo | null): readonly EngineViolation[];

  /** Makes and verifies one proxy of a request without violations. If `signal` is aborted, the encoder has ended before this resolves. */
  make(task: ClipTask, signal: AbortSignal): Promise<ClipOutcome>;
}
