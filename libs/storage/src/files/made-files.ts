import { parse } from 'node:path';

/** File name in a clip's scratch folder. Recovery removes only this file from the folder of an interrupted job. */
export const CAPTURE_FILE = 'pictures.nut';

/** File name in a clip's render folder, to which the program adds its extension; no finished proxy has such a name. */
export const RENDER_STEM = 'unverified-render';

/** True for file names that engines use in folders that they create for a clip. */
export function isMadeFile(name: string): boolean {
  return name === CAPTURE_FILE || parse(name).name === RENDER_STEM;
}
