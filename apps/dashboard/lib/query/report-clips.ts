import type { ClipRow } from '../jobs/clip-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { splitPath } from '../names/words.ts';
import type { JobQuery } from './job-query.ts';
import { clipsInParts } from './select-clips.ts';

/** The clips of a view, at most so many: each proxy where it stands, and attempts that failed though it was made the same day. */
export function firstClips(index: WatchIndex, query: JobQuery, most: number): ClipRow[] {
  const clips: ClipRow[] = [];
  for (const part of clipsInParts(index, query)) {
    clips.push(...part.filter((row) => row.latest || row.is_elsewhere || isMadeGood(row)));
    if (clips.length >= most) break;
  }
  return clips.slice(0, most);
}

/** A failure of the day that is none any more at its end. */
export function isMadeGood({ latest, status, made_good }: ClipRow): boolean {
  return !latest && status === 'FAILED' && made_good;
}

/** The clips of each folder of sources. */
export function groupsOf(clips: readonly ClipRow[]): [string, ClipRow[]][] {
  const groups = new Map<string, ClipRow[]>();
  for (const clip of clips) {
    const { dir } = splitPath(clip.source_path);
    const rows = groups.get(dir) ?? [];
    groups.set(dir, rows);
    rows.push(clip);
  }
  return [...groups];
}
