import { foldedName } from '@app/jobspec';
import { type clipTimes, overlap } from '@app/engines';
import type { ListedClip } from './listed-clip.ts';

/** Facts of a clip that are matched against a list. */
export interface KnownClip extends ReturnType<typeof clipTimes> {
  /** File or folder name. */
  file: string;
}

/** Length to which old systems truncate reel names. */
const REEL_LETTERS = 8;

/**
 * Finds the entries of a list for a clip, by name, or by reel and timecode. Cameras restart their numbering on each
 * card, so a clip with the same name but other timecodes is a different one.
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

  /** Returns every entry for a clip, matches by name first. */
  linesOf(clip: KnownClip): ListedClip[] {
    const file = foldedName(clip.file);
    const stem = withoutExtension(file);
    const named = lookUp(this.#byName, [file, stem]).filter(
      (listed) => overlap(listed, clip) !== false,
    );
    // Lists are made from proxies too, so the extension is ignored.
    const reels = [clip.reel, stem].filter((reel) => reel !== null).map(foldedName);
    const keys = reels.flatMap((reel) => [reel, reel.slice(0, REEL_LETTERS)]);
    const ofReel = lookUp(this.#byReel, keys).filter((listed) => {
      const overlaps = overlap(listed, clip);
      return overlaps ?? (listed.start === null && listed.name === null && listed.file === null);
    });
    return [...new Set([...named, ...ofReel])];
  }
}

function add(map: Map<string, ListedClip[]>, key: string, clip: ListedClip) {
  const known = map.get(key);
  if (known) known.push(clip);
  else map.set(key, [clip]);
}

function lookUp(map: ReadonlyMap<string, ListedClip[]>, keys: readonly string[]): ListedClip[] {
  return [...new Set(keys)].flatMap((key) => map.get(key) ?? []);
}

function withoutExtension(name: string): string {
  return name.replace(/(?<=.)\.[^. ]{1,5}$/, '');
}
