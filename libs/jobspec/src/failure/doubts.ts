import type { Cause } from './cause.ts';

/** What may be amiss with a proxy that was made, in words; the codes in `doubts` of a clip's facts. */
export const DOUBTS = {
  little_detail: ({ kept, frame }: Cause['arguments']) =>
    `Some pictures keep no more than ${Math.round(100 * Number(kept))} % of the fine detail of the source, as at frame ${Number(frame)} (counted from 0): noise and grain cost this codec so much. Look at the proxy; a codec of a higher data rate or a larger size keeps more.`,
} as const;
