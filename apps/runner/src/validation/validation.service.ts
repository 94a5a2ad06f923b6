import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { contractViolation, outputNames, type JobSpec, type Violation } from '@app/jobspec';
import type { Engine, ProxyRequest } from '@app/engines';
import { SETTINGS, type RunnerSettings } from '../config/settings.ts';
import { EngineRegistry } from '../routing/engine-registry.ts';
import { RoutingService } from '../routing/routing.service.ts';
import { checkAllowed } from './allowed-roots.ts';
import { checkNoOutputExists, checkOutputDirectory } from './output-files.ts';
import { checkSources, fingerprintOf } from './source-file.ts';
import type { ValidatedClip, ValidatedJob } from './validated-job.ts';

/** Checks everything that can be checked before any work is done. */
@Injectable()
export class ValidationService {
  constructor(
    private readonly routing: RoutingService,
    private readonly engines: EngineRegistry,
    @Inject(SETTINGS) private readonly settings: RunnerSettings,
  ) {}

  /**
   * Checks a JobSpec that honours the contract against the world: confinement, sources, outputs, routing and what the
   * engine can do, in this order.
   *
   * @throws JobFailure for the first of these that fails, naming everything that fails it.
   */
  async validate(jobSpec: JobSpec, jobId: string, signal?: AbortSignal): Promise<ValidatedJob> {
    const { sources, output_directory: directory } = jobSpec;
    await checkAllowed('Source', sources, this.settings.allowSourceRoots);
    await checkAllowed('Output directory', [directory], this.settings.allowOutputRoots);
    await checkSources(sources);
    await checkOutputDirectory(directory);
    const outputs = outputNames(jobSpec, jobId).map((name) => join(directory, name));
    await checkNoOutputExists(outputs);

    const clips: ValidatedClip[] = [];
    for (const [index, sourcePath] of sources.entries()) {
      const fingerprint = await fingerprintOf(sourcePath);
      clips.push({ sourcePath, outputPath: outputs[index], fingerprint, media: null });
    }
    const route = await this.routing.route(sources, signal);
    for (const [index, clip] of clips.entries()) clip.media = route.media[index];
    const engine = this.engines.get(route.engine);
    const request = proxyRequestOf(jobSpec);
    checkEngine(engine, request, clips);
    return { engine, routingReason: route.reason, request, clips };
  }
}

function proxyRequestOf(jobSpec: JobSpec): ProxyRequest {
  const { codec, container, resolution } = jobSpec;
  const explicitFps = jobSpec.fps_mode === 'explicit' ? (jobSpec.fps_explicit ?? null) : null;
  return { codec, container, resolution, explicitFps };
}

/** What the engine can't make from these sources is a violation of the contract, found before anything is started. */
function checkEngine(engine: Engine, request: ProxyRequest, clips: readonly ValidatedClip[]) {
  const violations: Violation[] = clips.flatMap(({ sourcePath, media }) =>
    engine
      .violations(request, media)
      .map((found) => ({ ...found, message: `${found.message} (source: ${sourcePath})` })),
  );
  if (violations.length > 0) throw contractViolation(violations);
}
