import type { ReadClip } from '@app/jobspec/result';
import type { ClipPicture, ClipRow } from '../index/clip-row.ts';
import { belowRoot, mediaType } from '../index/media-file.ts';
import { picturePathOf } from './job-path.ts';

/** A picture as pages show it. */
export interface ShownPicture {
  src: string;
  frame: number | null;
  timecode: string | null;
  width: number;
  height: number;
  isBesideSource: boolean;
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
    const isBesideSource = picture.beside_source === true;
    return Object.assign(sizeOf(picture), { src, frame, timecode, isBesideSource });
  });
}

/** One of its middle: a clip may begin with black or a slate. */
export function middlePicture(clip: ClipRow): ShownPicture | undefined {
  const shown = shownPictures(clip).filter((picture) => !picture.isBesideSource);
  return shown[Math.trunc(shown.length / 2)];
}

/** What some browser plays, as ffprobe calls it; none plays what is made for editing. */
const PLAYED = new Set(['h264', 'hevc', 'av1']);

/** Whether a page shows a player for a proxy. @param roots folders below which proxies may be played */
export function isPlayable(
  roots: readonly string[],
  { status, resolved_output_path: path, facts }: ReadClip,
): boolean {
  return (
    status === 'COMPLETED' &&
    PLAYED.has(facts.video_codec ?? '') &&
    mediaType(path) !== null &&
    roots.some((root) => belowRoot(root, path) !== null)
  );
}

function sizeOf({ width, height }: ClipPicture): { width: number; height: number } {
  return width !== null && height !== null && width > 0 && height > 0
    ? { width, height }
    : { ...USUAL };
}
