import type { ClipOutcome, ClipTask, MediaInfo, ProgramEnding, ProxyRequest } from '@app/engines';
import type { JobSpec, Violation } from '@app/jobspec';
import type { ProcessOptions } from '@app/storage';

/** Runner settings that the doctor examines. */
export interface DoctorSettings {
  requirePaths: readonly string[];
  allowSourceRoots: readonly string[];
  allowOutputRoots: readonly string[];
  /** `null` for the watch folder. */
  scratchDirectory: string | null;
  resolvePython: string;
}

/** FFmpeg as provided by the service: only FfmpegModule starts it. */
export interface FfmpegTools {
  /** @throws JobFailure `EngineUnavailableError` if it is missing or doesn't run */
  ffmpegVersion(): Promise<string>;
  /** @throws as {@link ffmpegVersion} */
  requireTool(name: 'ffmpeg' | 'ffprobe'): Promise<string>;
  installedEncoders(): Promise<ReadonlySet<string>>;
  installedFilters(): Promise<ReadonlySet<string>>;
  /** Runs FFmpeg to its end, within limits. */
  runFfmpeg(
    args: readonly string[],
    options?: Omit<ProcessOptions, 'stallSeconds'>,
  ): Promise<ProgramEnding>;
  /** Makes and verifies the proxy of a single-source job, as the runner would. @throws JobFailure if it is refused */
  makeProxy(jobSpec: JobSpec, jobId: string, signal: AbortSignal): Promise<TestProxy>;
}

/** Proxy made for comparison only. */
export interface TestProxy {
  request: ProxyRequest;
  /** Source as probed; `null` if it can't be read and nothing was made. */
  media: MediaInfo | null;
  path: string;
  /** `null` if the proxy was verified. */
  failureReason: string | null;
}

/** Resolve as provided by the service: only ResolveModule talks to it. */
export interface ResolveTools {
  /** Returns the paths of its scripting files, and the candidates that were tried. */
  locate(): Promise<{
    scriptApi: string | null;
    scriptLib: string | null;
    candidates: readonly string[];
  }>;
  /** @throws JobFailure `EngineUnavailableError` */
  identify(signal?: AbortSignal): Promise<{ product: string; version: string; python: string }>;
  violations(request: ProxyRequest): readonly Violation[];
  make(task: ClipTask, signal: AbortSignal): Promise<ClipOutcome>;
  /** @throws JobFailure `OutputDirectoryError` */
  checkOutputDirectory(path: string): Promise<void>;
}
