/** What came of one attempt at a proxy. */
export const ATTEMPT_STATES = [
  /** The proxy was made, verified and published. */
  'made',
  /** It was begun, and failed. */
  'failed',
  /** Its job was refused before any work, because of it or as a whole. */
  'refused',
  /** Its job ended before it: at another clip, because another was refused, or for want of an engine. */
  'not_begun',
  /** Nobody can tell: the result can't be read. */
  'unknown',
  'running',
  'waiting',
] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** One attempt at a proxy. */
export interface Attempt {
  state: AttemptState;
  /** When it ended, or when its job was handed in, in milliseconds. */
  at: number;
  /** Tells the file that it made or began; `null` when it came to none. */
  output: string | null;
}

/** Will bring the proxy, or tell why not. */
export function isToCome({ state }: Attempt): boolean {
  return state === 'waiting' || state === 'running';
}

/** In the order of time; those of one time stay as they are given. */
export function inTime<A extends Attempt>(attempts: readonly A[]): A[] {
  return attempts.toSorted((a, b) => a.at - b.at);
}
