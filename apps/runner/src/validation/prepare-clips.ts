import {
  contractViolation,
  requestedOf,
  requestedProxy,
  type JobSpec,
  type RequestedProxy,
} from '@app/jobspec';
import type { Engine, MediaInfo, ProxyRequest } from '@app/engines';
import type { RealPath, Roots, SourceFingerprint, SourceSurvey } from '@app/storage';
import type { LutFile, ReadLook } from './look-file.ts';

/** Facts about the clips; lists are in the order of the sources. */
interface ClipFacts {
  sources: readonly RealPath[];
  outputs: readonly string[];
  directory: RealPath;
  surveys: readonly SourceSurvey[];
  media: readonly (MediaInfo | null)[];
  look: ReadLook;
  /** Burn-in of the source at an index; `undefined` without one. */
  burnInOf: (index: number) => ProxyRequest['burnIn'];
}

/**
 * Combines the facts of every clip, and checks that the engine can make all of them.
 *
 * @throws JobFailure `JobSpecValidationError` naming every clip that the engine can't make.
 */
export function prepareClips(
  engine: Engine,
  jobSpec: JobSpec,
  { sources, outputs, directory, surveys, media, look: { lookOf, file }, burnInOf }: ClipFacts,
): ValidatedClip[] {
  const { codec, container, resolution } = jobSpec;
  const requested = requestedProxy(jobSpec);
  const request: SharedRequest = { codec, container, resolution, explicitFps: requested.fps };
  const clips = sources.map(({ named, real }, index) => {
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
  const found = clips.flatMap(({ request, media, sourceName }) =>
    engine
      .violations(request, media)
      .map(({ path, message }) => ({ path, message: `${message} (source: ${sourceName})` })),
  );
  if (found.length > 0) throw contractViolation(found);
  return clips;
}

/** Request shared by all clips. All fields are required, so that the compiler finds a forgotten one. */
type SharedRequest = Required<Omit<ProxyRequest, 'look' | 'burnIn'>>;

/** A job that passed every check and may start. */
export interface ValidatedJob {
  engine: Engine;
  routingReason: string;
  /** In the order of the JobSpec's sources. */
  clips: readonly ValidatedClip[];
  /** Roots that must contain sources and LUTs until the end. */
  sourceRoots: Roots;
}

export interface ValidatedClip {
  /** Path as in the JobSpec. */
  sourceName: string;
  /** Real path. */
  sourcePath: string;
  /** Path in the real output directory. */
  outputPath: string;
  /** Output directory as in the JobSpec. */
  namedFolder: string;
  /** `null` for a format that ffprobe can't open. */
  media: MediaInfo | null;
  fingerprint: SourceFingerprint;
  request: ProxyRequest;
  /** Request as shown in results. */
  requested: RequestedProxy;
  /** LUT of the clip's look; it must not change until the clip is made. */
  lutFile: LutFile | null;
}

/** Element at an index. @throws RangeError if there is none. */
function at<Element>(list: readonly Element[], index: number): Element {
  if (index < 0 || index >= list.length)
    throw new RangeError(`no element ${index} of ${list.length}`);
  return list[index] as Element;
}
