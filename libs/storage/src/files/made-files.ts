import { parse } from 'node:path';

/** What engines name the file of a folder that they make for a clip. Of a folder that an interrupted job left, it goes and nothing else. */
export const CAPTURE_FILE = 'pictures.nut';

/** The same for what a program gives its extension to: no proxy that is finished has such a name. */
export const RENDER_STEM = 'unverified-render';

/** Whether engines name a file so in a folder that they make for a clip. */
export function isMadeFile(name: string): boolean {
  return name === CAPTURE_FILE || parse(name).name === RENDER_STEM;
}
