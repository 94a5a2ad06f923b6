import { errorFact, stat } from '../files/index.ts';
import { severalAtOnce } from '../process/several-at-once.ts';
import { printable } from '../text/index.ts';
import type { MadeClip } from './clips/index.ts';

/** Why a proxy isn't there with the size of its result, a sentence, by its path. None is read. */
export async function lostProxies(clips: readonly MadeClip[]): Promise<Map<string, string>> {
  const sentences = await severalAtOnce(clips, lossOf);
  return new Map(
    clips.flatMap(({ proxy }, index) => {
      const sentence = sentences[index] ?? null;
      return sentence === null ? [] : [[proxy, sentence] as const];
    }),
  );
}

async function lossOf({ proxy, bytes }: MadeClip): Promise<string | null> {
  try {
    const there = await stat(proxy);
    if (!there.isFile()) return `${printable(proxy)} is not a file.`;
    if (there.size === (bytes ?? there.size)) return null;
    return `${printable(proxy)} isn't what was verified: it has ${there.size} bytes, not ${bytes}.`;
  } catch (error) {
    return `${printable(proxy)} can't be read: ${errorFact(error)}.`;
  }
}
