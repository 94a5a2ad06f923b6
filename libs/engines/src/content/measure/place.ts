import { type Rational, formatTimecode, parseTimecode, timecodeAfter } from '../../media/index.ts';

/** Where in a proxy something was found; counted from 0. */
export interface Place {
  frame: number;
  /** `null` for a proxy without a timecode. */
  timecode: string | null;
}

/** @param start the proxy's first timecode. */
export function placeOf(frame: number, start: string | null, rate: Rational): Place {
  return { frame, timecode: timecodeAt(frame, start, rate) };
}

function timecodeAt(frame: number, start: string | null, rate: Rational): string | null {
  const first = start === null ? null : parseTimecode(start);
  if (first === null) return null;
  try {
    return formatTimecode(timecodeAfter(first, frame, rate));
  } catch {
    // A clock that can't exist at this rate counts nothing.
    return null;
  }
}
