import { basename } from 'node:path';
import {
  ClipList,
  ListFault,
  MAX_LIST_BYTES,
  primaryVideo,
  readClipList,
  sourceRate,
  sourceReel,
  startTimecodes,
  type KnownClip,
  type MediaInfo,
} from '@app/engines';
import { errorFact, readWhole } from '../files/index.ts';
import { PlanRefusal } from './plan-refusal.ts';

/** A list whose clips are planned, and no others. */
export interface Only {
  file: string;
  list: ClipList;
}

/** @throws PlanRefusal for a list that can't be read or understood. */
export async function readOnly(file: string): Promise<Only> {
  if (file === '') throw new PlanRefusal('usage', '--only is empty. Name an EDL, an ALE or a CSV.');
  try {
    return { file, list: new ClipList(readClipList(await readWhole(file, MAX_LIST_BYTES))) };
  } catch (error) {
    const fact = error instanceof ListFault ? error.message : `can't be read: ${errorFact(error)}`;
    const advice = 'Give --only an EDL, an ALE or a CSV with a column of clip names.';
    throw new PlanRefusal('usage', `${file} ${fact}. ${advice}`);
  }
}

/** What a list may know a clip by. */
export function knownBy(path: string, media: MediaInfo | null): KnownClip {
  const file = basename(path);
  const video = media && primaryVideo(media);
  if (media === null || video === null)
    return { file, reel: null, start: null, rate: null, seconds: null };
  return {
    file,
    reel: sourceReel(media, video),
    start: startTimecodes(media, video)[0] ?? null,
    rate: sourceRate(video)?.rate ?? null,
    seconds: media.durationSeconds,
  };
}
