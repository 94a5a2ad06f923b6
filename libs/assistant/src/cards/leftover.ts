/** What a file beside clips is when no proxy is made of it. */
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

/** In the order in which people are told, for one and for many. */
export const LEFTOVER_WORDS: Readonly<Record<Leftover, readonly [one: string, many: string]>> = {
  proxy: ["camera's own proxy", "camera's own proxies"],
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

/** The names in a folder, in upper case. */
export type FolderNames = ReadonlySet<string>;

/** What a file is named beside. */
export interface Neighbours {
  folder: FolderNames;
  /** Of the folder above. */
  parent: FolderNames;
}
