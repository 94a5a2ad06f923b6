import { Injectable } from '@nestjs/common';
import {
  routeJob,
  routeSource,
  type Engine,
  type MediaInfo,
  type SourceVerdict,
} from '@app/engines';
import type { EngineName } from '@app/jobspec';
import { lookAtSources, type SourceLook, withSource } from '@app/storage';
import { FfmpegEngine } from '../ffmpeg/ffmpeg.engine.ts';
import { FfprobeService } from '../ffmpeg/ffprobe.service.ts';
import { ResolveEngine } from '../resolve/resolve.engine.ts';

/** The engine of a job, and what was read of each source, in their order. */
export interface Routing extends ReturnType<typeof routeJob> {
  /** `null` for a source that is decided without a look inside, or that ffprobe can't open. */
  media: (MediaInfo | null)[];
}

/** Finds the engine that routing has named. */
@Injectable()
export class EngineRegistry {
  readonly #engines: Readonly<Record<EngineName, Engine>>;

  constructor(ffmpeg: FfmpegEngine, resolve: ResolveEngine) {
    this.#engines = { ffmpeg, resolve };
  }

  get(name: EngineName): Engine {
    return this.#engines[name];
  }
}

/** Decides which engine makes a job: sources are looked at one after the other, in their order. */
@Injectable()
export class RoutingService {
  constructor(private readonly ffprobe: FfprobeService) {}

  /**
   * Routes all sources of a job. Rejects with the reason of `signal` once it is
   * aborted.
   *
   * @throws JobFailure `UnsupportedFormatError` or `MixedEngineError` when no engine can make the job,
   * `MissingSourcesError` when a source has gone, `SourceChangedError` when it is another one, `EngineUnavailableError` when ffprobe is needed and missing.
   */
  async route(sources: readonly SourceLook[], signal?: AbortSignal): Promise<Routing> {
    const verdicts: SourceVerdict[] = [];
    for (const source of sources) {
      signal?.throwIfAborted();
      verdicts.push(await this.#route(source, (file) => this.ffprobe.probe(file, signal)));
    }
    const job = routeJob(
      verdicts.map(({ route }) => route),
      sources.map(({ path }) => path),
    );
    return { ...job, media: verdicts.map(({ media }) => media) };
  }

  /** Routes one source for whoever makes no proxy of it: no picture is looked at. @throws as {@link route} does, for an engine that is missing. */
  async routeByHeader(source: SourceLook, signal?: AbortSignal): Promise<SourceVerdict> {
    return this.#route(source, (file) => this.ffprobe.describe(file, signal));
  }

  async #route(source: SourceLook, ask: FfprobeService['describe']): Promise<SourceVerdict> {
    const { path, roots } = source;
    return routeSource(factsOf(source), async () => {
      const probe = await withSource(source, (file) => ask(file));
      // What is gone by now is missing, whatever ffprobe says of it.
      if ('error' in probe) await lookAtSources([{ named: path, real: path }], roots);
      return probe;
    });
  }
}

function factsOf({ path, stats, folder }: SourceLook) {
  if (stats.isFile()) return { path, kind: 'file' as const, sizeBytes: Number(stats.size) };
  if (folder === null) return { path, kind: 'special' as const };
  return { path, kind: 'folder' as const, fileNames: folder.fileNames };
}
