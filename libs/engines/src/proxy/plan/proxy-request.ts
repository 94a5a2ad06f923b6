import type { Becomes, BurnInToken, Codec, Container, JobBurnIn } from '@app/jobspec';
import type { Look } from '../../look/look.ts';

/** What a JobSpec asks of every clip, apart from paths. */
export interface ProxyRequest {
  codec: Codec;
  container: Container;
  /** `same`, `half`, `quarter` or `WIDTHxHEIGHT`. */
  resolution: string;
  /** Frames per second; `null` keeps the source's rate. */
  explicitFps: number | null;
  /** What is done to the colours of this clip; absent, they stay as they are. */
  look?: RequestedLook;
  /** Text in the picture of this clip. */
  burnIn?: RequestedBurnIn;
}

export interface RequestedBurnIn {
  texts: readonly JobBurnIn[];
  /** What tokens stand for that don't come out of the source itself. */
  values: Readonly<Record<Exclude<BurnInToken, 'timecode' | 'frame' | 'reel'>, string>>;
  /** Absolute path of the folder for the bitmaps that FFmpeg reads. */
  tablesFolder: string;
}

export interface RequestedLook extends Look {
  /** What its colours are then, and how the proxy is tagged; `null` where the tags of the source stay. */
  becomes: Becomes | null;
  /** Absolute path of the folder for the tables that FFmpeg reads. */
  tablesFolder: string;
}
