import { frameKey, frameNames, NumberedFrames } from '@app/engines';
import { readdir } from '../files/index.ts';

/** Frames of one source, and what is found out about them once, for all sources that name one of them. */
export interface Frames {
  /** Sorted. */
  names: readonly string[];
  /** Those of them that are symbolic links. */
  links: readonly string[];
  numbered: NumberedFrames;
}

/** The names in a folder at one moment. A job may name each of its thousands of frames: they share it. */
export class FolderListing {
  readonly #frames = new Map<string, Frames>();
  #namesOf: ReadonlyMap<string, readonly string[]> | undefined;

  private constructor(
    readonly path: string,
    readonly names: readonly string[],
    /** Of what is a file, or a symbolic link. */
    readonly fileNames: readonly string[],
    private readonly links: ReadonlySet<string>,
  ) {}

  /** @throws the system's error. */
  static async of(path: string): Promise<FolderListing> {
    const entries = await readdir(path, { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
    const links = entries.filter((entry) => entry.isSymbolicLink());
    const [names, fileNames, linkNames] = [entries, files, links].map((some) =>
      some.map(({ name }) => name),
    ) as [string[], string[], string[]];
    return new FolderListing(path, names, fileNames, new Set(linkNames));
  }

  /** The same object for each frame of one sequence. @param firstFrame that stands for it; without, all frames. */
  framesOf(firstFrame: string | undefined): Frames {
    const key = firstFrame === undefined ? '' : keyOf(firstFrame);
    const known = this.#frames.get(key);
    if (known !== undefined) return known;
    const names =
      firstFrame === undefined
        ? frameNames(this.names)
        : ((this.#namesOf ??= byKey(frameNames(this.names))).get(key) ?? [firstFrame]);
    const links = names.filter((name) => this.links.has(name));
    const frames = { names, links, numbered: new NumberedFrames(names) };
    this.#frames.set(key, frames);
    return frames;
  }
}

/** A frame without a number is alone; no name holds a slash. */
function keyOf(name: string): string {
  return frameKey(name) ?? `/${name}`;
}

function byKey(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const group = groups.get(keyOf(name));
    if (group === undefined) groups.set(keyOf(name), [name]);
    else group.push(name);
  }
  return groups;
}
