import type { ClipOutcome, ClipTask, MediaInfo, ProxyRequest } from '@app/engines';
import type { JobSpec, Violation } from '@app/jobspec';
import type { ProcessOptions, ProcessOutcome } from '@app/storage';

/** What the doctor looks at of the settings of a runner. */
export interface DoctorSettings {
  requirePaths: readonly string[];
  allowSourceRoots: readonly string[];
  allowOutputRoots: readonly string[];
  /** `null` for the watch folder. */
  scratchDirectory: string | null;
  resolvePython: string;
}

/** The service's ways to FFmpeg, handed to the doctor: only FfmpegModule starts it. */
export interface FfmpegTools {
  /** @throws JobFailure `EngineUnavailableError` when it isn't there or doesn't run. */
  ffmpegVersion(): Promise<string>;
  /** @throws as {@link ffmpegVersion} */
  requireTool(name: 'ffmpeg' | 'ffprobe'): Promise<string>;
  installedEncoders(): Promise<ReadonlySet<string>>;
  installedFilters(): Promise<ReadonlySet<string>>;
  /** Runs FFmpeg to its end, bounded. */
  runFfmpeg(
    args: readonly string[],
    options?: Omit<ProcessOptions, 'stallSeconds'>,
  ): Promise<ProcessOutcome>;
  /** Makes and verifies the proxy of a job of one source, as a job does. @throws JobFailure for one that is refused. */
  makeProxy(jobSpec: JobSpec, jobId: string, signal: AbortSignal): Promise<ProvedProxy>;
}

/** A proxy that was made only to look at it. */
export interface ProvedProxy {
  request: ProxyRequest;
  /** What was read of the source; `null` where nothing was made as it can't be read. */
  media: MediaInfo | null;
  path: string;
  /** `null` for a good one. */
  failureReason: string | null;
}

/** The service's ways to Resolve, handed to the doctor: only ResolveModule talks to it. */
export interface ResolveTools {
  /** Where its scripting files are, and where they were looked for. */
  locate(): Promise<{
    scriptApi: string | null;
    scriptLib: string | null;
    candidates: readonly string[];
  }>;
  /** The one that runs; `null` without one, and where nothing lists it. */
  running(): Promise<{ hasWindow: boolean; ageSeconds: number } | null>;
  /** @throws JobFailure `EngineUnavailableError` */
  identify(signal?: AbortSignal): Promise<{ product: string; version: string; python: string }>;
  violations(request: ProxyRequest): readonly Violation[];
  make(task: ClipTask, signal: AbortSignal): Promise<ClipOutcome>;
  /** @throws JobFailure `OutputDirectoryError` */
  checkOutputDirectory(path: string): Promise<void>;
}
