import {
  burnInValues,
  contractViolation,
  requestedOf,
  requestedProxy,
  type JobSpec,
  type RequestedProxy,
} from '@app/jobspec';
import type { Engine, MediaInfo, ProxyRequest, RequestedBurnIn } from '@app/engines';
import type { RealPath } from '../files/index.ts';
import type { SourceSurvey } from '../sources/index.ts';
import { at } from '../text/index.ts';
import type { JobColours } from './look-file.ts';
import type { ValidatedClip } from './validated-job.ts';

/** What is known of the clips, each in the order of the sources. */
interface ClipFacts {
  sources: readonly RealPath[];
  outputs: readonly string[];
  directory: RealPath;
  surveys: readonly SourceSurvey[];
  media: readonly (MediaInfo | null)[];
  colours: JobColours;
  /** The burnt-in texts of each source, by its place; `undefined` where there are none. */
  burnInOf: (index: number) => RequestedBurnIn | undefined;
}

/**
 * Puts together what is known of every clip, once the engine can make all of them.
 *
 * @throws JobFailure: what the engine can't make from these sources is a violation of the contract, found before anything is
 * started.
 */
export function prepareClips(engine: Engine, jobSpec: JobSpec, facts: ClipFacts): ValidatedClip[] {
  const request = proxyRequestOf(jobSpec);
  const clips = clipsOf(facts, request, requestedProxy(jobSpec));
  const found = clips.flatMap(({ request, media, sourceName }) =>
    engine
      .violations(request, media)
      .map(({ path, message }) => ({ path, message: `${message} (source: ${sourceName})` })),
  );
  if (found.length > 0) throw contractViolation(found);
  return clips;
}

function clipsOf(
  { sources, outputs, directory, surveys, media, colours: { lookOf, file }, burnInOf }: ClipFacts,
  request: ProxyRequest,
  requested: RequestedProxy,
) {
  return sources.map(({ named, real }, index) => {
    const [look, burnIn] = [lookOf(index), burnInOf(index)];
    return {
      sourceName: named,
      sourcePath: real,
      outputPath: at(outputs, index),
      namedFolder: directory.named,
      fingerprint: at(surveys, index).fingerprint,
      media: at(media, index),
      request: { ...request, ...(look && { look }), ...(burnIn && { burnIn }) },
      requested: requestedOf(requested, index),
      lutFile: look?.lut == null ? null : file,
    };
  });
}

/**
 * The burnt-in texts of one source of a job.
 *
 * @param tablesFolder see {@link RequestedBurnIn}.
 * @param index of the source.
 */
export function burnInOf(
  jobSpec: JobSpec,
  jobId: string,
  tablesFolder: string,
  index: number,
): RequestedBurnIn | undefined {
  const texts = jobSpec.viewing?.burn_in;
  return texts && { texts, values: burnInValues(jobSpec, jobId, index), tablesFolder };
}

/** What of a JobSpec a proxy is made by. The rest says which sources, and where their proxies go. */
function proxyRequestOf({
  codec,
  container,
  resolution,
  fps_mode,
  fps_explicit,
  jobspec_version: _version,
  job_id: _id,
  sources: _sources,
  output_directory: _directory,
  naming_template: _template,
  resolved_tokens: _tokens,
  created_at: _created,
  viewing = {},
  ...forgotten
}: JobSpec): ProxyRequest {
  // A field that is added to the contract must be used above, or named as one that no proxy is made by.
  forgotten satisfies Record<string, never>;
  // Each source has a look and texts of its own: see readLook and burnInOf.
  const { look: _look, burn_in: _burnIn, ...forgottenViewing } = viewing;
  forgottenViewing satisfies Record<string, never>;
  const explicitFps = fps_mode === 'explicit' ? fps_explicit : null;
  return { codec, container, resolution, explicitFps };
}
