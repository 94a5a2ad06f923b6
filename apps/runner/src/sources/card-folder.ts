import { opendir } from '../files/index.ts';
import { join, relative } from 'node:path';
import { cardClipKind, rawFrameFormat } from '@app/engines';

/** Deep enough for every camera's tree: `XDROOT/Clip/C0001.MXF`, `A001.RDM/A001_C001.RDC/A001_C001_001.R3D`. */
const DEPTH = 4;
/** A folder that isn't a card may hold a whole volume. */
const MOST_ENTRIES = 2000;

/**
 * What to name instead of a folder, in a sentence; `null` when nothing of a card is found in it.
 *
 * @param held leads to the folder, whatever becomes of its name.
 * @throws the system's error when it can't be listed.
 */
export async function adviceOnFolder(path: string, held: string): Promise<string | null> {
  const found = await clipsIn(held);
  const best = Math.min(...found.values());
  const paths = [...found].flatMap(([clip, kind]) => (kind === best ? clip : []));
  const [first, ...others] = paths.toSorted();
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return `${path} is a folder of clips: name ${relative(held, first)} in it${more}`;
}

/** Clips with their kinds; a folder of RAW frames is one too. */
async function clipsIn(root: string): Promise<Map<string, number>> {
  const clips = new Map<string, number>();
  const folders = [{ path: root, depth: 1 }];
  let entries = 0;
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const { path, depth } = folder;
    for await (const entry of await opendir(path)) {
      if (++entries > MOST_ENTRIES) return clips;
      const inner = join(path, entry.name);
      if (entry.isDirectory() && depth < DEPTH && !entry.name.startsWith('.'))
        folders.push({ path: inner, depth: depth + 1 });
      if (!entry.isFile()) continue;
      const kind = cardClipKind(entry.name);
      if (kind !== null) clips.set(inner, kind);
      else if (rawFrameFormat(entry.name) !== null) clips.set(path, 0);
    }
  }
  return clips;
}
