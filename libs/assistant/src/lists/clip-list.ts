import { foldedName } from '@app/jobspec';
import { type clipTimes, overlap } from '@app/engines';
import type { ListedClip } from './listed-clip.ts';

/** What is known of a clip that a list may name. */
export interface KnownClip extends ReturnType<typeof clipTimes> {
  /** Its file's or folder's name. */
  file: string;
}

/** What old systems cut reel names to. */
const REEL_LETTERS = 8;

/**
 * Finds what a list says of a clip: by its name, or by reel and timecode. Cameras count from one again on each card, so a clip of that
 * name whose timecodes lie elsewhere is another one.
 */
export class ClipList {
  readonly #byName = new Map<string, ListedClip[]>();
  readonly #byReel = new Map<string, ListedClip[]>();

  constructor(readonly clips: readonly ListedClip[]) {
    for (const clip of clips) {
      for (const name of [clip.name, clip.file]) {
        if (name === null) continue;
        const own = foldedName(name.split(/[\\/]/).at(-1) ?? '');
        for (const key of new Set([own, withoutExtension(own)])) add(this.#byName, key, clip);
      }
      if (clip.reel !== null) add(this.#byReel, foldedName(clip.reel), clip);
    }
  }

  /** Every line that means a clip, by name first. */
  linesOf(clip: KnownClip): ListedClip[] {
    const file = foldedName(clip.file);
    const stem = withoutExtension(file);
    const named = found(this.#byName, [file, stem]).filter(
      (listed) => overlap(listed, clip) !== false,
    );
    // A list is made of proxies too, so another extension, or none, says nothing.
    const reels = [clip.reel, stem].filter((reel) => reel !== null).map(foldedName);
    const keys = reels.flatMap((reel) => [reel, reel.slice(0, REEL_LETTERS)]);
    const ofReel = found(this.#byReel, keys).filter((listed) => {
      const isMeant = overlap(listed, clip);
      return isMeant ?? (listed.start === null && listed.name === null && listed.file === null);
    });
    return [...new Set([...named, ...ofReel])];
  }
}

function add(map: Map<string, ListedClip[]>, key: string, clip: ListedClip) {
  const known = map.get(key);
  if (known) known.push(clip);
  else map.set(key, [clip]);
}

function found(map: ReadonlyMap<string, ListedClip[]>, keys: readonly string[]): ListedClip[] {
  return [...new Set(keys)].flatMap((key) => map.get(key) ?? []);
}

function withoutExtension(name: string): string {
  return name.replace(/(?<=.)\.[^. ]{1,5}$/, '');
}
