import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { contractViolation, outputNames, type JobSpec, type Violation } from '@app/jobspec';
import type { Engine, ProxyRequest } from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { EngineRegistry } from '../routing/engine-registry.ts';
import { RoutingService } from '../routing/routing.service.ts';
import { at } from '../text/at.ts';
import { checkAllowed } from './allowed-roots.ts';
import { checkNoOutputExists, checkOutputDirectory } from './output-files.ts';
import { lookAtSources } from '../sources/source-checks.ts';
import { surveySources } from '../sources/source-survey.ts';
import type { ValidatedClip, ValidatedJob } from './validated-job.ts';

/** Checks everything that can be checked before any work is done. */
@Injectable()
export class ValidationService {
  constructor(
    private readonly routing: RoutingService,
    private readonly engines: EngineRegistry,
    private readonly settings: RunnerSettings,
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
    const looks = await lookAtSources(sources);
    await checkOutputDirectory(directory);
    const outputs = outputNames(jobSpec, jobId).map((name) => join(directory, name));
    await checkNoOutputExists(outputs);

    const surveys = await surveySources(looks, signal);
    for (const link of surveys.flatMap(({ links }) => links))
      await checkAllowed('Source', [link], this.settings.allowSourceRoots);
    const route = await this.routing.route(looks, signal);
    const clips = sources.map((sourcePath, index) => ({
      sourcePath,
      outputPath: at(outputs, index),
      fingerprint: at(surveys, index).fingerprint,
      media: at(route.media, index),
    }));
    const engine = this.engines.get(route.engine);
    const prepared = prepareClips(engine, proxyRequestOf(jobSpec), clips);
    return { engine, routingReason: route.reason, clips: prepared };
  }
}

function proxyRequestOf(jobSpec: JobSpec): ProxyRequest {
  const { codec, container, resolution } = jobSpec;
  const explicitFps = jobSpec.fps_mode === 'explicit' ? (jobSpec.fps_explicit ?? null) : null;
  return { codec, container, resolution, explicitFps };
}

/** What the engine can't make from these sources is a violation of the contract, found before anything is started. */
function prepareClips(
  engine: Engine,
  request: ProxyRequest,
  clips: readonly Omit<ValidatedClip, 'makeProxy'>[],
): ValidatedClip[] {
  const found: Violation[] = [];
  const prepared = clips.flatMap((clip) => {
    const { makeProxy, violations } = engine.prepare(request, clip.media);
    if (makeProxy) return [{ ...clip, makeProxy }];
    for (const { path, message } of violations)
      found.push({ path, message: `${message} (source: ${clip.sourcePath})` });
    return [];
  });
  if (found.length > 0) throw contractViolation(found);
  return prepared;
}
