import { parse } from 'node:path';
import { CAPTURE_FILE } from './ffmpeg/capture-arguments.ts';

/** The same as the file of what a proxy is compared with, for what a program gives its extension to: no proxy that is finished has such a name. */
export const RENDER_STEM = 'unverified-render';

/** Whether engines name a file so in a folder that they make for a clip. */
export function isMadeFile(name: string): boolean {
  return name === CAPTURE_FILE || parse(name).name === RENDER_STEM;
}
