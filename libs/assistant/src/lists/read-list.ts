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

/** By its byte order mark; editing systems write UTF-16 too, and old ones Windows' letters. */
function decodeList(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return decoded('utf-16be', bytes);
  if (bytes.includes(0)) throw new ListFault('is no text');
  try {
    return decoded('utf-8', bytes);
  } catch {
    return decoded('windows-1252', bytes);
  }
}

/** Lines of old systems end with CR. */
function decoded(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes).replaceAll(/\r\n?/g, '\n');
}
