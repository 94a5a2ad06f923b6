import type { ClipResult, EngineName, JobFailure, ProxyFacts, Violation } from '@app/jobspec';
import type { Thumbnail } from '../content/frames/thumbnail.ts';
import type { MediaInfo } from '../media/index.ts';
import type { ProxyRequest } from '../proxy/plan/proxy-plan.ts';

/** One source on its way to one proxy, after validation. */
export interface ClipTask {
  request: ProxyRequest;
  /** What was read of the source; `null` for a format that ffprobe can't open. */
  source: MediaInfo | null;
  sourcePath: string;
  /**
   * What programs are given to read instead of that name: it leads to the very file that was validated, whatever somebody puts in the
   * place of the name, where the system has such paths.
   */
  sourceFile: string;
  /** The source as the JobSpec has it, which may lead through links; `sourcePath` is without. */
  namedSource: string;
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
  /** Free names for a folder of what is only for checks, the best place first; made and removed likewise. */
  scratchFolders: readonly string[];
  /** The output directory as the JobSpec has it, which may lead through links; `stagingFolder` is without. */
  namedFolder: string;
  /** Whether somebody will look at pictures of the proxy. */
  wantsThumbnails?: boolean;
  /** Told now and then how far the encoder is, by an engine that can tell. */
  onProgress?: (progress: ClipProgress) => void;
  /** Told once why the clip waits for space, and `null` when it goes on; without it, nobody waits. */
  onWait?: ((reason: string | null) => void) | undefined;
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
  /** `null` where the engine came to none. */
  facts?: ProxyFacts | null;
  /** Pictures of what was made, also of a proxy that failed; as many as there could be. */
  thumbnails?: readonly Thumbnail[];
};

/** Makes proxies. A failed clip is an outcome with its `failure`; only defects are thrown. */
export interface Engine {
  readonly name: EngineName;
  /** Whether its program opens outputs by their names, and can't be given a file that is open. */
  readonly opensNames?: boolean;

  /**
   * Says which program will do the work, for example `ffmpeg 7.1.5`.
   *
   * @throws JobFailure `EngineUnavailableError` when there is none.
   */
  version(signal?: AbortSignal): Promise<string>;

  /**
   * What the engine can't do for a request with a source; none where it can make the proxy. Nothing is read or run.
   *
   * @param source What was read of it; `null` for a format that ffprobe can't open.
   */
  violations(request: ProxyRequest, source: MediaInfo | null): readonly Violation[];

  /** Makes and verifies one proxy of which there are no violations. When `signal` is aborted the encoder has ended before this resolves. */
  make(task: ClipTask, signal: AbortSignal): Promise<ClipOutcome>;
}
