import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { contractViolation, outputNames, type JobSpec, type Violation } from '@app/jobspec';
import type { Engine, ProxyRequest } from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { EngineRegistry } from '../routing/engine-registry.ts';
import { RoutingService } from '../routing/routing.service.ts';
import { type RealPath, realPathOf, realPathsOf } from '../files/index.ts';
import { at } from '../text/index.ts';
import { checkAllowed, type FieldPaths } from './allowed-roots.ts';
import { checkOutsideStateFolders } from './state-folders.ts';
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
   * engine can do, in this order. Paths are made real once, and checked and used in that form.
   *
   * @throws JobFailure for the first of these that fails, naming everything that fails it.
   */
  async validate(jobSpec: JobSpec, jobId: string, signal?: AbortSignal): Promise<ValidatedJob> {
    const { allowSourceRoots, allowOutputRoots, folder } = this.settings;
    const sources = await realPathsOf(jobSpec.sources, signal);
    const directory = await realPathOf(jobSpec.output_directory);
    await checkAllowed('Source', inFields(sources.map((path) => [path])), allowSourceRoots);
    const output = { field: 'output_directory', paths: [directory] };
    await checkAllowed('Output directory', [output], allowOutputRoots);
    const looks = await lookAtSources(sources, signal);
    await checkOutputDirectory(directory.real, directory.named, directory.fault);
    await checkOutsideStateFolders(directory, folder);
    const outputs = outputNames(jobSpec, jobId).map((name) => join(directory.real, name));
    await checkNoOutputExists(outputs);

    const surveys = await surveySources(looks, signal);
    const links: RealPath[][] = [];
    for (const survey of surveys) links.push(await realPathsOf(survey.links, signal));
    await checkAllowed('Source', inFields(links), allowSourceRoots);
    const route = await this.routing.route(looks, signal);
    const clips = sources.map(({ named, real }, index) => ({
      sourceName: named,
      sourcePath: real,
      outputPath: at(outputs, index),
      fingerprint: at(surveys, index).fingerprint,
      media: at(route.media, index),
    }));
    const engine = this.engines.get(route.engine);
    const prepared = prepareClips(engine, proxyRequestOf(jobSpec), clips);
    return { engine, routingReason: route.reason, clips: prepared };
  }
}

/** @param paths of each source, in their order. */
function inFields(paths: readonly (readonly RealPath[])[]): FieldPaths[] {
  return paths.map((paths, index) => ({ field: `sources[${index}]`, paths }));
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
      found.push({ path, message: `${message} (source: ${clip.sourceName})` });
    return [];
  });
  if (found.length > 0) throw contractViolation(found);
  return prepared;
}
