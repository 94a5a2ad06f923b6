/** States of an attempt at a proxy. */
export const ATTEMPT_STATES = [
  /** The proxy was made, verified and published. */
  'made',
  /** It was started, and failed. */
  'failed',
  /** Its job was refused before any work, because of this source or as a whole. */
  'refused',
  /** Its job ended before this proxy was started: another clip failed or was refused, or there was no engine. */
  'not_begun',
  /** The result can't be read. */
  'unknown',
  'running',
  'waiting',
] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** One attempt at a proxy. */
export interface Attempt {
  state: AttemptState;
  /** Time of its end, or of the submission of its job, in milliseconds. */
  at: number;
  /** Identifies the file that the attempt made or started; `null` if it started none. */
  output: string | null;
}

/** True if the attempt is waiting or running. */
export function isUnfinished({ state }: Attempt): boolean {
  return state === 'waiting' || state === 'running';
}

/** Sorts attempts by time; equal times keep their order. */
export function byTime<A extends Attempt>(attempts: readonly A[]): A[] {
  return attempts.toSorted((a, b) => a.at - b.at);
}
