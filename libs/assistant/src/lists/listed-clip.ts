/** Clip as listed by an editing system. Missing values are `null`. */
export interface ListedClip {
  /** Line in the list, from 1. */
  line: number;
  /** Clip name, with or without an extension. */
  name: string | null;
  /** File name or path. */
  file: string | null;
  reel: string | null;
  /** Timecode of its first frame in the source: `01:00:00:00`. */
  start: string | null;
  /** Timecode of the frame after its last one. */
  end: string | null;
  /** Slope, offset and power as written in the list: `(1 1 1)(0 0 0)(1 1 1)`. */
  sop: string | null;
  saturation: string | null;
}

/** Clip without any listed values. */
export const EMPTY_CLIP: Readonly<Omit<ListedClip, 'line'>> = {
  name: null,
  file: null,
  reel: null,
  start: null,
  end: null,
  sop: null,
  saturation: null,
};

/** Unusable list. The message follows the list's name: `has no column of clips`. */
export class ListFault extends Error {
  override readonly name = 'ListFault';
}

/** Size limit of any kind of list. */
export const MAX_LIST_BYTES = 32 * 1024 * 1024;
