import type { ClipRow } from '../jobs/clip-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { splitPath } from '../names/words.ts';
import type { JobQuery } from './job-query.ts';
import { clipsInParts } from './select-clips.ts';

/** The latest state of the clips of a view, at most so many. */
export function firstClips(index: WatchIndex, query: JobQuery, most: number): ClipRow[] {
  const clips: ClipRow[] = [];
  for (const part of clipsInParts(index, query)) {
    clips.push(...part.filter(({ latest }) => latest));
    if (clips.length >= most) break;
  }
  return clips.slice(0, most);
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
