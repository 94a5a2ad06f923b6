import {
  contractViolation,
  requestedOf,
  requestedProxy,
  type JobSpec,
  type RequestedProxy,
} from '@app/jobspec';
import type { Engine, MediaInfo, ProxyRequest } from '@app/engines';
import type { RealPath, Roots, SourceFingerprint, SourceSurvey } from '@app/storage';
import type { JobColours, LutFile } from './look-file.ts';

/** What is known of the clips, each in the order of the sources. */
interface ClipFacts {
  sources: readonly RealPath[];
  outputs: readonly string[];
  directory: RealPath;
  surveys: readonly SourceSurvey[];
  media: readonly (MediaInfo | null)[];
  colours: JobColours;
  /** The burnt-in texts of each source, by its place; `undefined` where there are none. */
  burnInOf: (index: number) => ProxyRequest['burnIn'];
}

/**
 * Puts together what is known of every clip, once the engine can make all of them.
 *
 * @throws JobFailure: what the engine can't make from these sources is a violation of the contract, found before anything is
 * started.
 */
export function prepareClips(
  engine: Engine,
  jobSpec: JobSpec,
  { sources, outputs, directory, surveys, media, colours: { lookOf, file }, burnInOf }: ClipFacts,
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

/** What is asked for of all clips alike. No field may be left out: it would be asked for and not made. */
type SharedRequest = Required<Omit<ProxyRequest, 'look' | 'burnIn'>>;

/** A job that may start: every check of the contract has passed. */
export interface ValidatedJob {
  engine: Engine;
  routingReason: string;
  /** In the order of the JobSpec's sources. */
  clips: readonly ValidatedClip[];
  /** That sources and LUTs lie in, until the end. */
  sourceRoots: Roots;
}

export interface ValidatedClip {
  /** As the JobSpec has it. */
  sourceName: string;
  /** Real: without symbolic links. */
  sourcePath: string;
  /** In the real output directory. */
  outputPath: string;
  /** The output directory as the JobSpec has it. */
  namedFolder: string;
  /** `null` for a format that ffprobe can't open. */
  media: MediaInfo | null;
  fingerprint: SourceFingerprint;
  request: ProxyRequest;
  /** The same as results say it. */
  requested: RequestedProxy;
  /** What its look was read from, which must stay as it is. */
  lutFile: LutFile | null;
}

/** The element at an index that must be there. @throws RangeError when it isn't. */
function at<Element>(list: readonly Element[], index: number): Element {
  if (index < 0 || index >= list.length)
    throw new RangeError(`no element ${index} of ${list.length}`);
  return list[index] as Element;
}
