import { setTimeout as sleep } from 'node:timers/promises';
import type { ClipPicture, ClipRow } from '../jobs/clip-row.ts';
import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { pictureStamp } from '../reading/picture-file.ts';
import { CLIPS_OF_A_JOB } from '../store/schema.ts';
import { clipsById } from './clip-rows.ts';
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
/** Storage that does not answer keeps no page waiting for longer: it is shown without pictures. */
const PATIENCE_MS = 3000;
const PATIENCE_FOR_EACH_MS = 5;
const LATE = Symbol('late');
/** Folders whose storage owes an answer: they are not asked another time. */
const silent = new Set<string>();

/** All pictures of clips that are there, in the order of the clips. */
export async function shownPictures(
  index: WatchIndex,
  clips: readonly Pictured[],
): Promise<ShownPicture[][]> {
  const wanted = clips.map((clip) => clip.pictures.map((picture, number) => ({ picture, number })));
  return found(index, clips, wanted);
}

/** One picture of each clip, of its middle: a clip may begin with black or a slate. */
export async function posters(
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

export interface JobPoster {
  picture: ShownPicture;
  /** Path of the clip that it is of. */
  source: string;
}

/** A picture of the first clip of each job, by the id of the job. */
export async function jobPosters(
  index: WatchIndex,
  jobs: readonly JobRow[],
): Promise<Map<number, JobPoster>> {
  const firsts = jobs.filter(({ hasResult }) => hasResult).map(({ id }) => id * CLIPS_OF_A_JOB);
  const clips = clipsById(index, firsts);
  const pictures = await posters(index, clips);
  return new Map(
    jobs.flatMap(({ id, folder, state, name }) => {
      const clip = clips.find(
        (one) => one.job === name && one.folder === folder && one.state === state,
      );
      const picture = clip && pictures.get(clip);
      return clip && picture ? [[id, { picture, source: clip.source_path }] as const] : [];
    }),
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
  const timer = new AbortController();
  const patience = PATIENCE_MS + clips.length * PATIENCE_FOR_EACH_MS;
  const late = sleep<typeof LATE>(patience, LATE, { signal: timer.signal }).catch(
    (): typeof LATE => LATE,
  );
  const shown: ShownPicture[][] = [];
  for (const [place, clip] of clips.entries()) {
    const folder = index.folder(clip.folder)?.path;
    const pictures: ShownPicture[] = [];
    for (const { picture, number } of wanted[place] ?? []) {
      const stamp = folder === undefined ? null : await stampSoon(folder, picture.path, late);
      if (stamp !== null) pictures.push(pictureOf(clip, picture, number, stamp));
    }
    shown.push(pictures);
  }
  timer.abort();
  return shown;
}

async function stampSoon(
  folder: string,
  path: string,
  late: Promise<typeof LATE>,
): Promise<string | null> {
  if (silent.has(folder)) return null;
  const answer = pictureStamp(folder, path);
  const stamp = await Promise.race([answer, late]);
  if (stamp !== LATE) return stamp;
  silent.add(folder);
  void answer.finally(() => silent.delete(folder));
  return null;
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
