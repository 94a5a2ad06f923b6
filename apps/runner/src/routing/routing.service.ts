import { Injectable } from '@nestjs/common';
import {
  type JobRoute,
  type MediaInfo,
  Prober,
  routeByContent,
  routeByName,
  routeJob,
  type SourceRefusal,
  type SourceRoute,
} from '@app/engines';
import { sourceFacts } from './source-facts.ts';

/** The engine of a job, and what was read of each source, in their order. */
export interface Routing extends JobRoute {
  /** `null` for a source that is decided without a look inside, or that ffprobe can't open. */
  media: (MediaInfo | null)[];
}

interface Verdict {
  route: SourceRoute | SourceRefusal;
  media: MediaInfo | null;
}

/** Decides which engine makes a job: sources are looked at one after the other, in their order. */
@Injectable()
export class RoutingService {
  constructor(private readonly prober: Prober) {}

  /**
   * Routes all sources of a job; they must have been found to exist. Rejects with the reason of `signal` once it is
   * aborted.
   *
   * @throws JobFailure `UnsupportedFormatError` or `MixedEngineError` when no engine can make the job,
   * `MissingSourcesError` when a source has gone, `EngineUnavailableError` when ffprobe is needed and missing.
   */
  async route(sources: readonly string[], signal?: AbortSignal): Promise<Routing> {
    const verdicts: Verdict[] = [];
    for (const path of sources) {
      signal?.throwIfAborted();
      verdicts.push(await this.routeSource(path, signal));
    }
    const job = routeJob(
      verdicts.map(({ route }) => route),
      sources,
    );
    return { ...job, media: verdicts.map(({ media }) => media) };
  }

  private async routeSource(path: string, signal?: AbortSignal): Promise<Verdict> {
    const route = routeByName(await sourceFacts(path));
    if (route) return { route, media: null };
    const probe = await this.prober.probe(path, signal);
    return {
      route: routeByContent(path, probe),
      media: 'media' in probe ? probe.media : null,
    };
  }
}
