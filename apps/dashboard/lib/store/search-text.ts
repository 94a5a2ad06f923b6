import type { FoundClip } from '../jobs/clip-row.ts';
import { folded, lastFolderOf, splitPath } from '../names/words.ts';

/** Words hold no line feed: none of them can be found across two names. One ends each name, the last too. */
const SEPARATOR = '\n';

/**
 * What a search looks through for a job: its folder, name and id, and the names and reels of its clips. Folders of clips stand there
 * once, and a name has only the last of them with it: `termsOf` asks for long paths accordingly.
 */
export function searchTextOf(
  folder: string,
  base: string,
  jobId: string | null,
  clips: readonly Pick<FoundClip, 'source_path' | 'output_path' | 'reel'>[],
): string {
  const [dirs, names] = [new Set<string>(), new Set<string>()];
  for (const { source_path, output_path, reel } of clips) {
    if (reel !== null) names.add(reel);
    for (const path of [source_path, output_path]) {
      const { dir, name } = splitPath(path);
      dirs.add(dir);
      names.add(lastFolderOf(dir) + name);
    }
  }
  return folded([folder, `${base}.json`, jobId ?? '', ...dirs, ...names, ''].join(SEPARATOR));
}
