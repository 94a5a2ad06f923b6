import type { JobReference } from '../index/job-row.ts';

/** Where the page of a job is. */
export function jobPath(reference: JobReference): string {
  return `/jobs/${segments(reference)}`;
}

/** A job may have 10,000 clips. */
export const CLIPS_A_PAGE = 50;

/** Which page of clips an address asks for, from 1. */
export function clipPageOf({ clips }: { clips?: string | string[] }): number {
  return Math.min(Math.max(1, Math.trunc(Number(clips)) || 1), 10_000);
}

/** Where the page of a clip is. @param index of the clip, from 0 */
export function clipPath(reference: JobReference, index: number): string {
  return `${jobPath(reference)}/${index + 1}`;
}

/** Where a card is, with all of its clips. @param card its folder */
export function cardPath(card: string): string {
  return `/clips?${new URLSearchParams({ card })}`;
}

/** Where a picture of a clip is. @param index of the clip, from 0 @param number of the picture, from 0 */
export function picturePathOf(reference: JobReference, index: number, number: number): string {
  return `/pictures/${segments(reference)}/${index}/${number}`;
}

/** Where the proxy of a clip is played from. @param index of the clip, from 0 */
export function mediaPathOf(reference: JobReference, index: number): string {
  return `/media/${segments(reference)}/${index}`;
}

/** A number in an address, from 0: written as it is written there, and in no other way; -1 otherwise. */
export function placeOf(written: string): number {
  return /^(?:0|[1-9]\d{0,8})$/u.test(written) ? Number(written) : -1;
}

/** Where the API has a job. */
export function apiJobPath(reference: JobReference): string {
  return `/api/jobs/${segments(reference)}`;
}

function segments({ folder, state, name }: JobReference): string {
  return [folder, state, name].map(encodeURIComponent).join('/');
}

/** The segments of a page's URL, which Next hands over still encoded. @returns `null` when they are not well-formed */
export function decodeReference(reference: JobReference): JobReference | null {
  try {
    return {
      folder: decodeURIComponent(reference.folder),
      state: reference.state,
      name: decodeURIComponent(reference.name),
    };
  } catch {
    return null;
  }
}
