import type { Codec, Container, Becomes } from '@app/jobspec';
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
}

export interface RequestedLook extends Look {
  /** What its colours are then, and how the proxy is tagged. */
  becomes: Becomes;
  /** Absolute path of the folder for the tables that FFmpeg reads. */
  tablesFolder: string;
}
