import { join, posix } from 'node:path';
import { exists } from '../../files/index.ts';

/**
 * Finds what lists name below their folder. Systems write accents in two ways, and a list may have the other one than the files that
 * were copied with it. The disk is asked only where the two differ, once for each folder, and not below what isn't there: a list
 * costs no more than its own length and what lies on the medium.
 */
export class ListedPaths {
  /** Folders as lists have them, with a `/` at their end: where they are, and whether they are there. */
  readonly #folders = new Map<string, Place>();

  constructor(private readonly folder: string) {}

  /** @param name with `/` between its parts. @returns the path that is there; what isn't has the name as it is. */
  async find(name: string): Promise<string> {
    const plain = posix.normalize(name);
    const end = plain.lastIndexOf('/') + 1;
    const place = await this.#placeOf(plain.slice(0, end));
    const last = plain.slice(end);
    return (await inEitherForm(place, last)) ?? join(place.path, last);
  }

  async #placeOf(folder: string): Promise<Place> {
    const known = this.#folders.get(folder);
    if (known) return known;
    const place = await this.#walk(folder);
    this.#folders.set(folder, place);
    return place;
  }

  async #walk(folder: string): Promise<Place> {
    let place: Place = { path: this.folder, isThere: true };
    /** What is left, from the first part that has two forms on. */
    let from = 0;
    for (let start = 0, end = 0; place.isThere; start = end + 1) {
      end = folder.indexOf('/', start);
      if (end < 0) break;
      const part = folder.slice(start, end);
      if (!hasForms(part)) continue;
      const above = { path: join(place.path, folder.slice(from, start)), isThere: true };
      const path = await inEitherForm(above, part);
      place = { path: path ?? join(above.path, part), isThere: path !== null };
      from = end + 1;
    }
    return { ...place, path: join(place.path, folder.slice(from)) };
  }
}

interface Place {
  path: string;
  /** False when a part that has two forms is there in neither. */
  isThere: boolean;
}

function hasForms(name: string): boolean {
  return name.normalize('NFC') !== name || name.normalize('NFD') !== name;
}

/** The path of the form that is there; `null` when none is, or there is but one. */
async function inEitherForm({ path, isThere }: Place, name: string): Promise<string | null> {
  if (!isThere || !hasForms(name)) return null;
  for (const form of new Set([name, name.normalize('NFC'), name.normalize('NFD')])) {
    const whole = join(path, form);
    if (await exists(whole).catch(() => false)) return whole;
  }
  return null;
}
