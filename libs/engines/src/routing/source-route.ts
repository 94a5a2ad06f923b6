import type { EngineName, UnsupportedSource } from '@app/jobspec';

/** One source, as far as it can be known without looking inside. */
export type SourceFacts = { path: string } & (
  | { kind: 'file'; sizeBytes: number }
  /** With the names of the files, and of links, directly in it. */
  | { kind: 'folder'; fileNames: readonly string[] }
  /** A FIFO, socket or device: never opened. */
  | { kind: 'special' }
);

/** The engine that takes a source, and why. */
export interface SourceRoute {
  engine: EngineName;
  /** The friendly name of a RAW format, FFmpeg's name of a standard codec, or `unknown`. */
  codec: string;
  /** For example `Source codec 'redcode' requires DaVinci Resolve`. */
  reason: string;
}

/** A source that no engine takes. */
export interface SourceRefusal extends UnsupportedSource {
  engine: null;
}
