/** Kind of a file that gets no proxy. */
export type Leftover =
  | 'proxy'
  | 'thumbnail'
  | 'part'
  | 'frame'
  | 'sound'
  | 'still'
  | 'settings'
  | 'index'
  | 'mhl'
  | 'special'
  | 'other';

/** Singular and plural, in the order in which they are reported. */
export const LEFTOVER_WORDS: Readonly<Record<Leftover, readonly [one: string, many: string]>> = {
  proxy: ['proxy', 'proxies'],
  thumbnail: ['thumbnail', 'thumbnails'],
  part: ['further part of a clip', 'further parts of clips'],
  frame: ['frame of an image sequence', 'frames of image sequences'],
  sound: ['file of sound only', 'files of sound only'],
  still: ['still image', 'still images'],
  settings: ['file of settings', 'files of settings'],
  index: ['index or note', 'indexes and notes'],
  mhl: ['hash list', 'hash lists'],
  special: ['FIFO, socket or device', 'FIFOs, sockets or devices'],
  other: ['other file', 'other files'],
};

/** Upper-case names in a folder. */
export type FolderNames = ReadonlySet<string>;

/** Names next to a file. */
export interface Neighbours {
  folder: FolderNames;
  /** Names in the parent folder. */
  parent: FolderNames;
}
