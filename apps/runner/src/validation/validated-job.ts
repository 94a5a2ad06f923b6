import type { RequestedProxy } from '@app/jobspec';
import type { Engine, MediaInfo, ProxyRequest } from '@app/engines';
import type { Roots } from '../files/index.ts';
import type { SourceFingerprint } from '../sources/index.ts';
import type { LutFile } from './look-file.ts';

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
