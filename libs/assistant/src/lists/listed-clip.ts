/** A clip as a list of an editing system names it. What the list doesn't tell is `null`. */
export interface ListedClip {
  /** Where in the list, from 1. */
  line: number;
  /** As people call it, with or without an extension. */
  name: string | null;
  /** Its file's name, or path. */
  file: string | null;
  reel: string | null;
  /** Timecode of its first frame in the source: `01:00:00:00`. */
  start: string | null;
  /** Timecode of the frame after its last one. */
  end: string | null;
  /** Slope, offset and power of its colours as the list writes them: `(1 1 1)(0 0 0)(1 1 1)`. */
  sop: string | null;
  saturation: string | null;
}

/** Of which a list tells nothing. */
export const UNTOLD: Readonly<Omit<ListedClip, 'line'>> = {
  name: null,
  file: null,
  reel: null,
  start: null,
  end: null,
  sop: null,
  saturation: null,
};

/** A list that can't be understood; the message goes on after the list's name: `has no column of clips`. */
export class ListFault extends Error {
  override readonly name = 'ListFault';
}

/** Of whatever kind a list is, more than this is none. */
export const MAX_LIST_BYTES = 32 * 1024 * 1024;
