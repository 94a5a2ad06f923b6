import { parse } from 'node:path';
import { CAPTURE_FILE } from '@app/engines';

/** The same for what a program gives its extension to: no proxy that is finished has such a name. */
export const RENDER_STEM = 'unverified-render';

/** Whether engines name a file so in a folder that they make for a clip. */
export function isMadeFile(name: string): boolean {
  return name === CAPTURE_FILE || parse(name).name === RENDER_STEM;
}
