/** Clip without any listed values. */
export const EMPTY_CLIP = {
  /** Clip name, with or without an extension. */
  name: null as string | null,
  /** File name or path. */
  file: null as string | null,
  reel: null as string | null,
  /** Timecode of its first frame in the source: `01:00:00:00`. */
  start: null as string | null,
  /** Timecode of the frame after its last one. */
  end: null as string | null,
  /** Slope, offset and power as written in the list: `(1 1 1)(0 0 0)(1 1 1)`. */
  sop: null as string | null,
  saturation: null as string | null,
};

type ListedValues = typeof EMPTY_CLIP;

/** Clip as listed by an editing system. Missing values are `null`. */
export interface ListedClip extends ListedValues {
  /** Line in the list, from 1. */
  line: number;
}

/** Unusable list. The message follows the list's name: `has no column of clips`. */
export class ListFault extends Error {
  override readonly name = 'ListFault';
}

/** Size limit of any kind of list. */
export const MAX_LIST_BYTES = 32 * 1024 * 1024;
