import { contractViolation, type JobSpec, type Violation } from '@app/jobspec';
import type { Engine, MediaInfo, ProxyRequest } from '@app/engines';
import type { RealPath } from '../files/index.ts';
import type { SourceSurvey } from '../sources/index.ts';
import { at } from '../text/index.ts';
import type { ValidatedClip } from './validated-job.ts';

/** What is known of the clips, each in the order of the sources. */
interface ClipFacts {
  sources: readonly RealPath[];
  outputs: readonly string[];
  directory: RealPath;
  surveys: readonly SourceSurvey[];
  media: readonly (MediaInfo | null)[];
}

/**
 * Lets the engine plan every clip.
 *
 * @throws JobFailure: what the engine can't make from these sources is a violation of the contract, found before anything is
 * started.
 */
export function prepareClips(engine: Engine, jobSpec: JobSpec, facts: ClipFacts): ValidatedClip[] {
  const found: Violation[] = [];
  const request = proxyRequestOf(jobSpec);
  const prepared = clipsOf(facts).flatMap((clip) => {
    const { makeProxy, violations } = engine.prepare(request, clip.media);
    if (makeProxy) return [{ ...clip, makeProxy }];
    for (const { path, message } of violations)
      found.push({ path, message: `${message} (source: ${clip.sourceName})` });
    return [];
  });
  if (found.length > 0) throw contractViolation(found);
  return prepared;
}

function clipsOf({ sources, outputs, directory, surveys, media }: ClipFacts) {
  return sources.map(({ named, real }, index) => ({
    sourceName: named,
    sourcePath: real,
    outputPath: at(outputs, index),
    namedFolder: directory.named,
    fingerprint: at(surveys, index).fingerprint,
    media: at(media, index),
  }));
}

function proxyRequestOf(jobSpec: JobSpec): ProxyRequest {
  const { codec, container, resolution } = jobSpec;
  const explicitFps = jobSpec.fps_mode === 'explicit' ? (jobSpec.fps_explicit ?? null) : null;
  return { codec, container, resolution, explicitFps };
}
