import { decodeList } from './decode-list.ts';
import { isEdl, readEdl } from './edl.ts';
import { ListFault, type ListedClip } from './listed-clip.ts';
import { readAle } from './ale.ts';

/**
 * Reads the clips that an EDL (CMX 3600) or an ALE names. Which one it is, its text tells.
 *
 * @throws ListFault for a list that can't be understood, or names no clip.
 */
export function readClipList(bytes: Uint8Array): ListedClip[] {
  const text = decodeList(bytes);
  const clips = isEdl(text) ? readEdl(text) : readAle(text);
  if (clips.length === 0) throw new ListFault('names no clip');
  return clips;
}
