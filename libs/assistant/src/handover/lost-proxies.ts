import { printable } from '@app/jobspec';
import { errorFact, mapConcurrently, stat } from '@app/storage';
import type { MadeClip } from './collected-clips.ts';

/** Proxies without their verified size, by path, each with a sentence. Their content isn't read. */
export async function lostProxies(clips: readonly MadeClip[]): Promise<Map<string, string>> {
  const lost = new Map<string, string>();
  await mapConcurrently(clips, async (clip) => {
    const sentence = await faultOf(clip);
    if (sentence !== null) lost.set(clip.proxy, sentence);
  });
  return lost;
}

async function faultOf({ proxy, bytes }: MadeClip): Promise<string | null> {
  try {
    const stats = await stat(proxy);
    if (!stats.isFile()) return `${printable(proxy)} is not a file.`;
    if (stats.size === (bytes ?? stats.size)) return null;
    return `${printable(proxy)} isn't what was verified: it has ${stats.size} bytes, not ${bytes}.`;
  } catch (error) {
    return `${printable(proxy)} can't be read: ${errorFact(error)}.`;
  }
}
