import type { ClipPicture, ClipRow } from '../jobs/clip-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { PatientStamps } from '../reading/patient-stamps.ts';
import { picturePathOf } from './job-path.ts';

/** A picture that is there now. */
export interface ShownPicture {
  src: string;
  frame: number | null;
  timecode: string | null;
  width: number;
  height: number;
}

/** A clip whose pictures are asked for. */
export interface Pictured {
  folder: string;
  state: string;
  /** File name of the job. */
  job: string;
  /** Its place among the sources of the job, from 0. */
  index: number;
  pictures: readonly ClipPicture[];
}

/** What the runner makes of a picture of 16 by 9. */
const USUAL = { width: 320, height: 180 };
/** All pictures of clips that are there, in the order of the clips. */
export async function shownPictures(
  index: WatchIndex,
  clips: readonly Pictured[],
): Promise<ShownPicture[][]> {
  const wanted = clips.map((clip) => clip.pictures.map((picture, number) => ({ picture, number })));
  return found(index, clips, wanted);
}

/** One picture of each clip, of its middle: a clip may begin with black or a slate. */
export async function thumbnails(
  index: WatchIndex,
  clips: readonly ClipRow[],
): Promise<Map<ClipRow, ShownPicture>> {
  const wanted = clips.map(({ pictures }) => {
    const number = Math.trunc(pictures.length / 2);
    const picture = pictures[number];
    return picture === undefined ? [] : [{ picture, number }];
  });
  const shown = await found(index, clips, wanted);
  return new Map(
    clips.flatMap((clip, place) => (shown[place] ?? []).map((picture) => [clip, picture] as const)),
  );
}

interface Wanted {
  picture: ClipPicture;
  number: number;
}

async function found(
  index: WatchIndex,
  clips: readonly Pictured[],
  wanted: readonly (readonly Wanted[])[],
): Promise<ShownPicture[][]> {
  const stamps = new PatientStamps(clips.length);
  const shown: ShownPicture[][] = [];
  for (const [place, clip] of clips.entries()) {
    const folder = index.folder(clip.folder)?.path;
    const pictures: ShownPicture[] = [];
    for (const { picture, number } of wanted[place] ?? []) {
      const stamp = folder === undefined ? null : await stamps.of(folder, picture.path);
      if (stamp !== null) pictures.push(pictureOf(clip, picture, number, stamp));
    }
    shown.push(pictures);
  }
  stamps.end();
  return shown;
}

function pictureOf(
  { folder, state, job, index }: Pictured,
  picture: ClipPicture,
  number: number,
  stamp: string,
): ShownPicture {
  return {
    src: `${picturePathOf({ folder, state, name: job }, index, number)}?v=${stamp}`,
    frame: picture.frame,
    timecode: picture.timecode,
    ...sizeOf(picture),
  };
}

function sizeOf({ width, height }: ClipPicture): { width: number; height: number } {
  return width !== null && height !== null && width > 0 && height > 0 ? { width, height } : USUAL;
}
