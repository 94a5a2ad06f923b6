import type { VideoStream } from '../../media/index.ts';

/** Matrices that can be converted from. */
export const SCALER_MATRICES: ReadonlySet<string> = new Set([
  'bt709',
  'smpte170m',
  'bt470bg',
  'smpte240m',
  'fcc',
  'bt2020nc',
]);

/** Pictures at least this high are HD, whose matrix is BT.709. */
const HD_LINES = 720;

/** The matrix of a picture without a tag, as players choose it. */
export function assumedMatrix(video: VideoStream, lines: number): string {
  if (video.colorPrimaries === 'bt2020') return 'bt2020nc';
  return lines >= HD_LINES ? 'bt709' : 'smpte170m';
}

/** A tag that says something. */
export function known(tag: string | null): string | null {
  return tag === 'unknown' || tag === 'reserved' || tag === 'unspecified' ? null : tag;
}
