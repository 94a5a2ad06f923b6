import type { Codec, Container } from '@app/jobspec';

/** What a JobSpec asks of every clip, apart from paths. */
export interface ProxyRequest {
  codec: Codec;
  container: Container;
  /** `same`, `half`, `quarter` or `WIDTHxHEIGHT`. */
  resolution: string;
  /** Frames per second; `null` keeps the source's rate. */
  explicitFps: number | null;
}
