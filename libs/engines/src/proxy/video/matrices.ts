import type { VideoStream } from '../../media/index.ts';

/** What red and blue weigh in luma; green weighs the rest. */
export interface LumaWeights {
  red: number;
  blue: number;
}

const BT601: LumaWeights = { red: 0.299, blue: 0.114 };

/** Matrices that can be converted from, by ITU-T H.273, table 4. */
export const SCALER_MATRICES: ReadonlyMap<string, LumaWeights> = new Map([
  ['bt709', { red: 0.2126, blue: 0.0722 }],
  ['smpte170m', BT601],
  ['bt470bg', BT601],
  ['smpte240m', { red: 0.212, blue: 0.087 }],
  ['fcc', { red: 0.3, blue: 0.11 }],
  ['bt2020nc', { red: 0.2627, blue: 0.0593 }],
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
