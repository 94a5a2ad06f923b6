import type { ClipPicture } from '../jobs/clip-row.ts';
import { isObject, list, text, type JsonObject } from './narrow.ts';

/** The runner makes three of a clip. */
export const PICTURES_KEPT = 6;
const PATH_LIMIT = 1024;
const TIMECODE_LIMIT = 32;
const LARGEST_SIDE = 4096;

/** The pictures that a result lists for a clip: the first few, of those that could be one. */
export function picturesOf(value: unknown): ClipPicture[] {
  return list(value)
    .slice(0, PICTURES_KEPT)
    .flatMap((picture) => (isObject(picture) ? pictureOf(picture) : []));
}

function pictureOf(value: JsonObject): ClipPicture[] {
  const path = text(value['path']) ?? '';
  if (path === '' || path.length > PATH_LIMIT) return [];
  const timecode = text(value['timecode']);
  return [
    {
      path,
      frame: whole(value['frame'], Number.MAX_SAFE_INTEGER),
      timecode: timecode !== null && timecode.length <= TIMECODE_LIMIT ? timecode : null,
      width: whole(value['width'], LARGEST_SIDE),
      height: whole(value['height'], LARGEST_SIDE),
    },
  ];
}

function whole(value: unknown, most: number): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
    ? value
    : null;
}
