import type { Progress } from '../jobs/folder-view.ts';

/** Whether the folders are still read for the first time. */
export interface Reading {
  /** `null` when they are not. */
  indexing: Progress | null;
}

/** A sentence about what is known: it says when that may not be all. */
export function soFar({ indexing }: Reading, sentence: string): string {
  return indexing === null ? sentence : `So far: ${sentence}`;
}
