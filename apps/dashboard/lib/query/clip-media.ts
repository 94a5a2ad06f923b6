import type { ClipPicture, ReadClip } from '@app/jobspec/result';
import type { ClipRow } from '../index/clip-row.ts';
import { belowRoot, mediaType } from '../index/media-file.ts';
import { picturePathOf } from './job-path.ts';

/** A picture as pages show it. */
export type ShownPicture = ClipPicture & { src: string };

/** All pictures of a clip. Its storage isn't asked for them: one that is gone shows its words. */
export function shownPictures(clip: ClipRow): ShownPicture[] {
  const { when, index, pictures } = clip;
  // Another attempt has other pictures under the same names.
  const srcOf = (number: number) =>
    `${picturePathOf({ ...clip, name: clip.job }, index, number)}?v=${Math.trunc(when)}`;
  return pictures.map((picture, number) => Object.assign({ src: srcOf(number) }, picture));
}

/** One of its middle: a clip may begin with black or a slate. */
export function middlePicture(clip: ClipRow): ShownPicture | undefined {
  const shown = shownPictures(clip).filter((picture) => !picture.beside_source);
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
