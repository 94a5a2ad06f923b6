import type { BigIntStats } from 'node:fs';
import { basename, dirname } from 'node:path';
import {
  FolderFrames,
  PER_CENT,
  type FrameSequence,
  type NumberedFrames,
} from './frame-sequence.ts';
import { rawFrameFormat } from '@app/engines';
import { HeldEntry } from '../files/open-directory.ts';
import { readdir } from '../files/bounded-fs.ts';
import { Roots } from '../files/real-path.ts';
import { closing, closingOnFailure } from '../files/closing.ts';

/** State of a source at one moment, shared by all decisions of that moment. */
export interface SourceState {
  path: string;
  /** Stats of the link's target. */
  stats: BigIntStats;
  /** Folder of a frame sequence; `null` for a clip in one file. */
  folder: FolderListing | null;
  /** Frame that stands for its sequence; undefined if the folder does. */
  firstFrame: string | undefined;
  /** Roots that the source must be inside whenever it is opened. */
  roots: Roots;
}

/** Folder of a source's frames. */
export interface FrameFolder {
  path: string;
  /** Names of symbolic links in it. */
  links: ReadonlySet<string>;
  firstFrame: string | undefined;
  /** Frames of the source: the same object for every frame of a sequence, in one listing. */
  frames: NumberedFrames;
}

/** Folders listed at one moment, by path. */
export type Listings = Map<string, FolderListing>;

/** A path leads out of its roots, because a name in it was replaced by a link. */
export class OutsideRootsError extends Error {
  override readonly name = 'OutsideRootsError';
}

/**
 * Source that is held while it is checked and read, so that all facts are about the same file, which is inside the
 * roots. Only one source is open at a time, however many a job has.
 */
export class OpenSource {
  private constructor(
    readonly state: SourceState,
    private readonly entry: HeldEntry,
  ) {}

  /**
   * Opens a source. Lists the folder of its frames, unless `listings` has it, and opens nothing else.
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

  /** Path for this process and its programs: leads to the open file where the system has such paths; else the name. */
  get file(): string {
    return this.entry.path;
  }

  /** True if {@link file} leads to the open file. */
  get isHeld(): boolean {
    return this.entry.isHeld;
  }

  async close(): Promise<void> {
    await this.entry.close();
  }
}

/** @throws as {@link OpenSource.open} does. */
export async function stateOfSource(path: string, roots = Roots.anywhere): Promise<SourceState> {
  const source = await OpenSource.open(path, roots);
  await source.close();
  return source.state;
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
  return closingOnFailure(await HeldEntry.open(path), async (entry) => {
    if (await roots.hold(entry)) return entry;
    throw new OutsideRootsError(`${path} leads out of the allowed roots`);
  });
}

/** Frames of a source; `null` for a clip in one file. */
export function framesOf({ folder, firstFrame }: SourceState): FrameFolder | null {
  if (folder === null) return null;
  const { path, links } = folder;
  return { path, links, firstFrame, frames: folder.framesOf(firstFrame) };
}

/**
 * Sequence in a folder; `null` for a single frame without a number.
 *
 * @throws RangeError with a sentence if frames are missing, ambiguous, or can't be named to Resolve.
 */
export function sequenceIn({ path, frames, firstFrame }: FrameFolder): FrameSequence | null {
  const sequence = frames.sequence(firstFrame);
  if (sequence !== null && path.includes('%')) throw new RangeError(PER_CENT);
  return sequence;
}

/** Names in a folder at one moment, shared by the sources in it: a job may name thousands of frames one by one. */
class FolderListing {
  #frames: FolderFrames | undefined;

  private constructor(
    readonly path: string,
    readonly names: readonly string[],
    /** Names of files and symbolic links. */
    readonly fileNames: readonly string[],
    readonly links: ReadonlySet<string>,
  ) {}

  /** @param held path that leads to the folder even if its name is moved or replaced. @throws the system's error. */
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

  /** @param firstFrame frame that stands for its sequence; without it, all frames of the folder. */
  framesOf(firstFrame: string | undefined): NumberedFrames {
    this.#frames ??= new FolderFrames(this.names);
    return this.#frames.of(firstFrame);
  }
}
