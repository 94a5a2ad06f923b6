import { sep } from 'node:path';

/** What may be a clip. */
export interface Found {
  /** Absolute: a file, or the folder of a frame sequence. */
  path: string;
  /** The medium that it was found in, without links. */
  medium: string;
}

/** Something that was not planned though it should have been, or can't be told. */
export interface Problem {
  path: string;
  kind: 'refused' | 'unreadable' | 'mismatch' | 'missing' | 'naming' | 'proxy' | 'output';
  /** A sentence. */
  reason: string;
  /** It has a job all the same, whose refusal puts it on record. */
  isPlanned?: true;
}

/** A path as the tables of cards read it. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
