import type { BigIntStats } from 'node:fs';
import { basename, dirname } from 'node:path';
import {
  FolderFrames,
  PER_CENT,
  type FrameSequence,
  type NumberedFrames,
} from './frame-sequence.ts';
import { rawFrameFormat } from '@app/engines';
import { HeldEntry } from '../files/held-folder.ts';
import { readdir } from '../files/bounded-fs.ts';
import { Roots } from '../files/real-path.ts';
import { closing, closingOnFailure } from '../files/closing.ts';

/** What a source is at one moment. Everything that is decided of it at that moment shares one look. */
export interface SourceLook {
  path: string;
  /** Of what a link leads to. */
  stats: BigIntStats;
  /** The folder that a sequence of frames lies in; `null` for a clip in one file. */
  folder: FolderListing | null;
  /** The frame that stands for its sequence; undefined when the folder does. */
  firstFrame: string | undefined;
  /** That it lies in, each time it is opened. */
  roots: Roots;
}

/** Where the frames of a source lie. */
export interface FrameFolder {
  path: string;
  /** Names in it that are symbolic links. */
  links: ReadonlySet<string>;
  firstFrame: string | undefined;
  /** That the source consists of: the same object for every frame of a sequence, in one listing. */
  frames: NumberedFrames;
}

/** Folders that were listed at one moment, by their paths. */
export type Listings = Map<string, FolderListing>;

/** A path leads out of the roots that it was found in: somebody has put a link in the place of one of its names. */
export class OutsideRootsError extends Error {
  override readonly name = 'OutsideRootsError';
}

/**
 * A source that is held while it is looked at and read: what is known of it is known of this very file, and that one lies in the roots.
 * One is open at a time, however many a job has.
 */
export class OpenSource {
  private constructor(
    readonly look: SourceLook,
    private readonly entry: HeldEntry,
  ) {}

  /**
   * Lists the folder of a source's frames, unless that was done at this moment, and opens nothing else.
   *
   * @throws OutsideRootsError; the system's error.
   */
  static async open(
    path: string,
    roots = Roots.anywhere,
    listings: Listings = new Map(),
  ): Promise<OpenSource> {
    return closingOnFailure(await heldIn(roots, path), async (entry) => {
      const { stats } = entry;
      const isFolder = stats.isDirectory();
      const isFrame = stats.isFile() && rawFrameFormat(path) !== null;
      const folder = isFolder || isFrame ? await listed(path, { isFolder, roots, listings }) : null;
      const firstFrame = isFrame ? basename(path) : undefined;
      return new OpenSource({ path, stats, folder, firstFrame, roots }, entry);
    });
  }

  /** What this process and its programs read: it leads to this very file where the system has such paths; else it is its name. */
  get file(): string {
    return this.entry.path;
  }

  /** Whether that is so. */
  get isHeld(): boolean {
    return this.entry.isHeld;
  }

  async close(): Promise<void> {
    await this.entry.close();
  }
}

/** @throws as {@link OpenSource.open} does. */
export async function lookAtSource(path: string, roots = Roots.anywhere): Promise<SourceLook> {
  const source = await OpenSource.open(path, roots);
  await source.close();
  return source.look;
}

async function listed(
  path: string,
  { isFolder, roots, listings }: { isFolder: boolean; roots: Roots; listings: Listings },
): Promise<FolderListing> {
  const folder = isFolder ? path : dirname(path);
  const known = listings.get(folder);
  if (known !== undefined) return known;
  const entry = await heldIn(roots, folder);
  const listing = await closing(entry, () => FolderListing.of(folder, entry.path));
  listings.set(folder, listing);
  return listing;
}

async function heldIn(roots: Roots, path: string): Promise<HeldEntry> {
  const entry = await HeldEntry.open(path);
  if (await roots.hold(entry)) return entry;
  await entry.close();
  throw new OutsideRootsError(`${path} leads out of the allowed roots`);
}

/** The frames of a source; `null` for a clip in one file. */
export function framesOf({ folder, firstFrame }: SourceLook): FrameFolder | null {
  if (folder === null) return null;
  const { path, links } = folder;
  return { path, links, firstFrame, frames: folder.framesOf(firstFrame) };
}

/**
 * The one sequence of a folder; `null` for a single frame without a number.
 *
 * @throws RangeError with a sentence when frames are missing, it isn't clear which are meant, or they can't be named to Resolve.
 */
export function sequenceIn({ path, frames, firstFrame }: FrameFolder): FrameSequence | null {
  const sequence = frames.sequence(firstFrame);
  if (sequence !== null && path.includes('%')) throw new RangeError(PER_CENT);
  return sequence;
}

/** The names in a folder at one moment. A job may name each of its thousands of frames: they share it. */
class FolderListing {
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
