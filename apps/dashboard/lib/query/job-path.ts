import type { JobReference } from '../index/job-row.ts';

/** URL of a job page. */
export function jobPath(reference: JobReference): string {
  return `/jobs/${segments(reference)}`;
}

/** Clips per page; a job may have 10,000. */
export const CLIPS_A_PAGE = 50;

/** Page of clips in a URL, from 1. */
export function clipPageOf({ clips }: { clips?: string | string[] }): number {
  return Math.min(Math.max(1, Math.trunc(Number(clips)) || 1), 10_000);
}

/** URL of a clip page. @param index of the clip, from 0 */
export function clipPath(reference: JobReference, index: number): string {
  return `${jobPath(reference)}/${index + 1}`;
}

/** URL of all clips of a card. @param card its root folder */
export function cardPath(card: string): string {
  return `/clips?${new URLSearchParams({ card })}`;
}

/** URL of a thumbnail. @param index of the clip, from 0 @param number of the thumbnail, from 0 */
export function picturePathOf(reference: JobReference, index: number, number: number): string {
  return `/pictures/${segments(reference)}/${index}/${number}`;
}

/** URL of a proxy for the player. @param index of the clip, from 0 */
export function mediaPathOf(reference: JobReference, index: number): string {
  return `/media/${segments(reference)}/${index}`;
}

/** Parses a number in a URL, from 0; -1 if it isn't in canonical form. */
export function placeOf(written: string): number {
  return /^(?:0|[1-9]\d{0,8})$/u.test(written) ? Number(written) : -1;
}

/** URL of a job in the API. */
export function apiJobPath(reference: JobReference): string {
  return `/api/jobs/${segments(reference)}`;
}

function segments({ folder, state, name }: JobReference): string {
  return [folder, state, name].map(encodeURIComponent).join('/');
}

/** Decodes the segments of a page's URL, which Next passes encoded. @returns `null` if they are malformed */
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
