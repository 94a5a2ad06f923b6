import type { ClipPicture, ReadClip } from '@app/jobspec/result';
import type { ClipRow } from '../index/clip-row.ts';
import { belowRoot, mediaType } from '../index/media-file.ts';
import { picturePathOf } from './job-path.ts';

/** Thumbnail with its URL. */
export type Thumbnail = ClipPicture & { src: string };

/** Thumbnails of a clip. Storage isn't checked: a missing one shows its alternative text. */
export function thumbnailsOf(clip: ClipRow): Thumbnail[] {
  const { when, index, pictures } = clip;
  // Another attempt has other thumbnails under the same URLs.
  const srcOf = (number: number) =>
    `${picturePathOf({ ...clip, name: clip.job }, index, number)}?v=${Math.trunc(when)}`;
  return pictures.map((picture, number) => Object.assign({ src: srcOf(number) }, picture));
}

/** Thumbnail from the middle of a clip, which may begin with black or a slate. */
export function middleThumbnail(clip: ClipRow): Thumbnail | undefined {
  const thumbnails = thumbnailsOf(clip).filter((picture) => !picture.beside_source);
  return thumbnails[Math.trunc(thumbnails.length / 2)];
}

/** Codecs (in ffprobe's names) that browsers play; none plays intermediate codecs. */
const PLAYED = new Set(['h264', 'hevc', 'av1']);

/** True if a page shows a player for a proxy. @param roots folders below which proxies may be played */
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
