import type { ClipPicture, ClipRow } from '../jobs/clip-row.ts';
import { picturePathOf } from './job-path.ts';

/** A picture as pages show it. */
export interface ShownPicture {
  src: string;
  frame: number | null;
  timecode: string | null;
  width: number;
  height: number;
}

/** What the runner makes of a picture of 16 by 9. */
const USUAL = { width: 320, height: 180 };

/** All pictures of a clip. Its storage isn't asked for them: one that is gone shows its words. */
export function shownPictures(clip: ClipRow): ShownPicture[] {
  const { when, index, pictures } = clip;
  return pictures.map((picture, number) => {
    const { frame, timecode } = picture;
    // Another attempt has other pictures under the same names.
    const src = `${picturePathOf({ ...clip, name: clip.job }, index, number)}?v=${Math.trunc(when)}`;
    return Object.assign(sizeOf(picture), { src, frame, timecode });
  });
}

/** One picture of each clip, of its middle: a clip may begin with black or a slate. */
export function thumbnails(clips: readonly ClipRow[]): Map<ClipRow, ShownPicture> {
  const middles = clips.flatMap((clip) => {
    const shown = shownPictures(clip);
    const middle = shown[Math.trunc(shown.length / 2)];
    return middle === undefined ? [] : [[clip, middle] as const];
  });
  return new Map(middles);
}

function sizeOf({ width, height }: ClipPicture): { width: number; height: number } {
  return width !== null && height !== null && width > 0 && height > 0
    ? { width, height }
    : { ...USUAL };
}
