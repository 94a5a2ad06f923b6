import { Injectable } from '@nestjs/common';
import {
  routeJob,
  routeSource,
  type Engine,
  type MediaInfo,
  type SourceVerdict,
} from '@app/engines';
import type { EngineName } from '@app/jobspec';
import { checkSources, type SourceState, withSource } from '@app/storage';
import { FfmpegEngine } from '../ffmpeg/ffmpeg.engine.ts';
import { FfprobeService } from '../ffmpeg/ffprobe.service.ts';
import { ResolveEngine } from '../resolve/resolve.engine.ts';

/** Engine of a job, and the media info of its sources in the JobSpec's order. */
export interface Routing extends ReturnType<typeof routeJob> {
  /** `null` for a source that is routed without probing, or that ffprobe can't open. */
  media: (MediaInfo | null)[];
}

/** Engines by name. */
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

/** Chooses the engine of a job. Probes sources one after the other, in the JobSpec's order. */
@Injectable()
export class RoutingService {
  constructor(private readonly ffprobe: FfprobeService) {}

  /**
   * Routes all sources of a job. Rejects with the reason of an aborted `signal`.
   *
   * @throws JobFailure `UnsupportedFormatError` or `MixedEngineError` if no engine can make the job, `MissingSourcesError` if a source
   * is gone, `SourceChangedError` if it was replaced, `EngineUnavailableError` if ffprobe is needed and missing.
   */
  async route(sources: readonly SourceState[], signal?: AbortSignal): Promise<Routing> {
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

  /**
   * Routes one source by its header alone, for callers that make no proxy of it.
   *
   * @throws as {@link route} does for a source that is gone or was replaced, and for a missing ffprobe.
   */
  async routeByHeader(source: SourceState, signal?: AbortSignal): Promise<SourceVerdict> {
    return this.#route(source, (file) => this.ffprobe.describe(file, signal));
  }

  async #route(source: SourceState, ask: FfprobeService['describe']): Promise<SourceVerdict> {
    const { path, roots } = source;
    return routeSource(factsOf(source), async () => {
      const probe = await withSource(source, (file) => ask(file));
      // A source that is gone by now counts as missing, whatever ffprobe reports.
      if ('error' in probe) await checkSources([{ named: path, real: path }], roots);
      return probe;
    });
  }
}

function factsOf({ path, stats, folder }: SourceState) {
  if (stats.isFile()) return { path, kind: 'file' as const, sizeBytes: Number(stats.size) };
  if (folder === null) return { path, kind: 'special' as const };
  return { path, kind: 'folder' as const, fileNames: folder.fileNames };
}
