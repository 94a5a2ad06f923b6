import { decodeList } from './decode-list.ts';
import { isEdl, readEdl } from './edl.ts';
import { ListFault, type ListedClip } from './listed-clip.ts';
import { readTable } from './table.ts';

/**
 * Reads the clips that an EDL (CMX 3600), an ALE or a table names: CSV, with tabs or semicolons too. Which one it is, its text tells.
 *
 * @throws ListFault for a list that can't be understood, or names no clip.
 */
export function readClipList(bytes: Uint8Array): ListedClip[] {
  const text = decodeList(bytes);
  const clips = isEdl(text) ? readEdl(text) : readTable(text);
  if (clips.length === 0) throw new ListFault('names no clip');
  return clips;
}
