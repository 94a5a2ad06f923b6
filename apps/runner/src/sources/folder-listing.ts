import { FolderFrames, type NumberedFrames } from '@app/engines';
import { readdir } from '../files/index.ts';

/** The names in a folder at one moment. A job may name each of its thousands of frames: they share it. */
export class FolderListing {
  #frames: FolderFrames | undefined;

  private constructor(
    readonly path: string,
    readonly names: readonly string[],
    /** Of what is a file, or a symbolic link. */
    readonly fileNames: readonly string[],
    readonly links: ReadonlySet<string>,
  ) {}

  /** @param held leads to the folder, whatever becomes of its name. @throws the system's error. */
  static async of(path: string, held: string): Promise<FolderListing> {
    const entries = await readdir(held, { withFileTypes: true });
    const [names, fileNames, links]: [string[], string[], Set<string>] = [[], [], new Set()];
    for (const entry of entries) {
      names.push(entry.name);
      if (entry.isFile() || entry.isSymbolicLink()) fileNames.push(entry.name);
      if (entry.isSymbolicLink()) links.add(entry.name);
    }
    return new FolderListing(path, names, fileNames, links);
  }

  /** @param firstFrame that stands for its sequence; without it, all frames. */
  framesOf(firstFrame: string | undefined): NumberedFrames {
    this.#frames ??= new FolderFrames(this.names);
    return this.#frames.of(firstFrame);
  }
}
