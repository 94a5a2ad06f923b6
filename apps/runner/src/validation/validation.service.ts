import { Injectable } from '@nestjs/common';
import { burnInValues, type JobSpec } from '@app/jobspec';
import { RunnerSettings } from '../config/settings.ts';
import { EngineRegistry, RoutingService } from '../routing/routing.service.ts';
import {
  type RealPath,
  realPathOf,
  realPathsOf,
  Roots,
  checkSources,
  surveySources,
  checkOutsideStateFolders,
} from '@app/storage';
import {
  checkAllowed,
  checkNoOutputExists,
  checkOutputDirectory,
  type FieldPaths,
  outputPaths,
} from './places.ts';
import { readLook, tablesFolderOf } from './look-file.ts';
import { prepareClips, type ValidatedJob } from './prepare-clips.ts';

/** Runs every check that can be made before encoding. */
@Injectable()
export class ValidationService {
  constructor(
    private readonly routing: RoutingService,
    private readonly engines: EngineRegistry,
    private readonly settings: RunnerSettings,
  ) {}

  /**
   * Checks a JobSpec that honours the contract: confinement, sources, look, outputs, routing and the engine's abilities.
   * Each path is resolved once; the resolved path is what is checked and used. Linked frames are checked too.
   *
   * @throws JobFailure for the first check that fails, with everything that fails it.
   */
  async validate(jobSpec: JobSpec, jobId: string, signal?: AbortSignal): Promise<ValidatedJob> {
    const { allowSourceRoots, allowOutputRoots, folder } = this.settings;
    const sources = await realPathsOf(jobSpec.sources, signal);
    const directory = await realPathOf(jobSpec.output_directory);
    const sourceRoots = await Roots.of(allowSourceRoots);
    checkAllowed('Source', inFields(sources.map((path) => [path])), sourceRoots);
    const output = { field: 'output_directory', paths: [directory] };
    checkAllowed('Output directory', [output], await Roots.of(allowOutputRoots));
    const states = await checkSources(sources, sourceRoots, signal);
    const tablesFolder = tablesFolderOf(folder);
    const look = await readLook(jobSpec, sourceRoots, tablesFolder, signal);
    await checkOutputDirectory(directory.real, directory.named, directory.fault);
    await checkOutsideStateFolders(directory, folder);
    const outputs = outputPaths(jobSpec, jobId, directory.real);
    await checkNoOutputExists(outputs);

    const surveys = await surveySources(states, signal);
    const links: RealPath[][] = [];
    const seen = new Set<readonly string[]>();
    for (const survey of surveys) {
      links.push(seen.has(survey.links) ? [] : await realPathsOf(survey.links, signal));
      seen.add(survey.links);
    }
    checkAllowed('Source', inFields(links), sourceRoots);
    const route = await this.routing.route(states, signal);
    const engine = this.engines.get(route.engine);
    const { media, reason } = route;
    const texts = jobSpec.viewing?.burn_in;
    const clips = prepareClips(engine, jobSpec, {
      sources,
      outputs,
      directory,
      surveys,
      media,
      look,
      burnInOf: (index) =>
        texts && { texts, values: burnInValues(jobSpec, jobId, index), tablesFolder },
    });
    return { engine, routingReason: reason, clips, sourceRoots };
  }
}

/** @param paths real paths of each source, in their order. */
function inFields(paths: readonly (readonly RealPath[])[]): FieldPaths[] {
  return paths.map((paths, index) => ({ field: `sources[${index}]`, paths }));
}
