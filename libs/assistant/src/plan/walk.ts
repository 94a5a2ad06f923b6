import type { Dirent } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { LEFTOVER_WORDS, type FolderNames, type Leftover } from '../cards/leftover.ts';
import { leftoverOf } from '../cards/recognise-file.ts';
import { rawFrameFormat } from '@app/engines';
import { stillSequences } from '../cards/still-sequences.ts';
import { foldedName } from '@app/jobspec';
import type { LeftOutCause } from '@app/jobspec/inventory';
import { compareNames } from '@app/jobspec/folder';
import { errorFact, opendir } from '@app/storage';
import type { Destination } from './plan-request.ts';

/** Possible clip. */
export interface Entry {
  /** Absolute path of a file, or of the folder of a frame sequence. */
  path: string;
  /** Medium that contains it, without links. */
  medium: string;
  /** Name of the last frame of a frame sequence. */
  lastFrame?: string;
}

/** Clip that should have been planned but was not, or couldn't be examined. */
export interface Problem {
  path: string;
  kind:
    'refused' | 'unreadable' | 'copying' | 'mismatch' | 'missing' | 'naming' | 'proxy' | 'output';
  /** One sentence. */
  reason: string;
  /** Set if the clip has a job all the same, whose refusal puts the clip on record. */
  isPlanned?: true;
  /** Cause if no proxy of it is requested. */
  cause?: LeftOutCause;
  /** Its medium, if it isn't a clip. */
  medium?: string;
}

/** Problem of a clip without a proxy. */
export type LeftOut = Problem & Required<Pick<Problem, 'cause'>>;

/** Path in the form of the card tables. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** Files named per kind. */
const MAX_NAMED = 3;

/** Counts leftovers by kind. */
export class Leftovers {
  readonly #counts = new Map<Leftover, { count: number; first: string[] }>();
  /** Counts per medium and kind. */
  readonly byMedium = new Map<string, Record<string, number>>();

  add(kind: Leftover, { path, medium }: Entry) {
    this.count(kind, medium);
    const entry = this.#counts.get(kind) ?? { count: 0, first: [] };
    entry.count += 1;
    if (entry.first.length < MAX_NAMED) entry.first.push(path);
    this.#counts.set(kind, entry);
  }

  count(kind: Leftover | 'link', medium: string) {
    const counts = this.byMedium.get(medium) ?? {};
    this.byMedium.set(medium, { ...counts, [kind]: (counts[kind] ?? 0) + 1 });
  }

  /** Returns the counts of each kind present, in reporting order, with the first paths. */
  entries(): { kind: Leftover; count: number; words: string; first: readonly string[] }[] {
    return (Object.keys(LEFTOVER_WORDS) as Leftover[]).flatMap((kind) => {
      const entry = this.#counts.get(kind);
      if (entry === undefined) return [];
      return [{ kind, ...entry, words: LEFTOVER_WORDS[kind][entry.count === 1 ? 0 : 1] }];
    });
  }
}

/**
 * Maximum numbers of entries: a medium with more is a whole volume named by mistake, and no camera's folder has as
 * many.
 */
const MAX_ENTRIES = { ofMedium: 200_000, ofFolder: 100_000 };
/** Factor for entries read, including hidden ones and skipped folders. */
const READ_FACTOR = 10;
/** Depth limit; no card lies deeper in the folders of a shoot. */
const MAX_DEPTH = 24;
/** Folders that systems create on every volume. */
const OS_FOLDERS = new Set(['System Volume Information', '$RECYCLE.BIN', 'LOST.DIR', 'lost+found']);

/** Camera folders, in which numbered images are photos. */
const CAMERA_FOLDER = /\/DCIM(\/|$)/i;

/** Walk over media. */
export class Walk {
  readonly found: Entry[] = [];
  readonly leftovers = new Leftovers();
  readonly problems: (LeftOut & { medium: string })[] = [];
  /** Incompletely seen media: what isn't found there may still exist. */
  readonly unseen = new Set<string>();
  /** Hash lists. */
  readonly lists: string[] = [];
  /** Count of symbolic links, which aren't followed. */
  links = 0;
  #entries = 0;
  #medium = '';

  /** @param onEntry called with the count of entries seen */
  constructor(
    private readonly onEntry: (count: number) => void,
    private readonly limits = MAX_ENTRIES,
  ) {}

  /**
   * Walks a folder and its subfolders, by names alone. A folder that is too deep or too full is a problem, and the
   * others are still walked; a medium that holds too much yields nothing.
   *
   * @param place of the proxies, which is skipped within the medium
   */
  async folder(medium: string, place: Destination): Promise<void> {
    this.#medium = medium;
    const before = { found: this.found.length, lists: this.lists.length };
    const { ofMedium } = this.limits;
    const allowance = { kept: ofMedium, read: ofMedium * READ_FACTOR };
    const folders = [{ path: medium, depth: 1, parent: new Set<string>() as FolderNames }];
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      const { path, depth, parent } = next;
      const entries = await this.#list(path, allowance);
      if (allowance.kept < 0 || allowance.read < 0) {
        this.found.length = before.found;
        this.lists.length = before.lists;
        this.#refuse(medium, `holds more than ${ofMedium} files. Name the cards or folders in it.`);
        return;
      }
      const names = new Set(entries.map(({ name }) => name.toUpperCase()));
      const inner = entries.filter(
        (entry) => entry.isDirectory() && !isProxyFolder(join(path, entry.name), place),
      );
      const isDeepest = depth === MAX_DEPTH;
      if (isDeepest && inner.length > 0)
        this.#refuse(path, 'lies too deep. Name a folder nearer to the clips.');
      for (const { name } of isDeepest ? [] : inner.toReversed())
        folders.push({ path: join(path, name), depth: depth + 1, parent: names });
      this.#files(entries, { path, medium, folder: names, parent });
    }
  }

  #files(entries: readonly Dirent[], folder: WalkedFolder) {
    const { path, medium } = folder;
    const stills: string[] = [];
    let lastFrame: string | null = null;
    for (const entry of entries) {
      const inner = join(path, entry.name);
      if (entry.isSymbolicLink()) {
        this.links += 1;
        this.leftovers.count('link', medium);
      } else if (!entry.isFile() && !entry.isDirectory())
        this.leftovers.add('special', { path: inner, medium });
      if (!entry.isFile()) continue;
      const leftover = leftoverOf(slashed(inner), folder);
      if (leftover === 'still') stills.push(entry.name);
      else if (leftover !== null) this.leftovers.add(leftover, { path: inner, medium });
      if (leftover === 'mhl') this.lists.push(inner);
      if (leftover !== null) continue;
      if (rawFrameFormat(entry.name) === null) this.found.push({ path: inner, medium });
      else lastFrame = entry.name;
    }
    if (lastFrame !== null) this.found.push({ path, medium, lastFrame });
    this.#stills({ path, medium }, stills);
  }

  /** Leaves out photos. Renders and scans are clips to the people who made them, so they are reported. */
  #stills({ path, medium }: Entry, names: readonly string[]) {
    const sequences = CAMERA_FOLDER.test(slashed(path)) ? [] : stillSequences(names);
    const frames = new Set(sequences.flatMap((sequence) => sequence.names));
    for (const name of names)
      this.leftovers.add(frames.has(name) ? 'frame' : 'still', {
        path: join(path, name),
        medium,
      });
    for (const sequence of sequences) {
      const range = join(path, sequence.name);
      const reason = `${range} is a sequence of ${sequence.names.length} images, and no proxies are made of those. Make a clip of them first.`;
      this.problems.push({ path: range, medium, kind: 'refused', cause: 'no_engine', reason });
    }
  }

  /** Records a path that can't be examined. */
  recordUnseen(path: string, kind: Problem['kind'], reason: string, medium = this.#medium) {
    this.problems.push({ path, medium, kind, cause: 'unreadable', reason });
    this.unseen.add(medium);
  }

  #refuse(path: string, fact: string) {
    this.recordUnseen(path, 'refused', `${path} ${fact}`);
  }

  /** Sorted entries of a folder, without hidden ones. */
  async #list(path: string, room: Allowance): Promise<Dirent[]> {
    const entries: Dirent[] = [];
    const { ofFolder } = this.limits;
    let count = 0;
    try {
      for await (const entry of await opendir(path)) {
        this.onEntry(++this.#entries);
        if (--room.read < 0) return [];
        if (++count > ofFolder) {
          this.#refuse(path, `holds more than ${ofFolder} files. Sort them into folders.`);
          return [];
        }
        if (!entry.name.startsWith('.') && !OS_FOLDERS.has(entry.name)) entries.push(entry);
      }
    } catch (error) {
      this.recordUnseen(path, 'unreadable', `${path} can't be listed: ${errorFact(error)}.`);
    }
    room.kept -= entries.length;
    return entries.sort((a, b) => compareNames(a.name, b.name));
  }
}

function isProxyFolder(folder: string, place: Destination): boolean {
  if (place.how === 'output') return folder === place.folder;
  return foldedName(basename(folder)) === foldedName(place.name);
}

interface WalkedFolder {
  path: string;
  medium: string;
  folder: FolderNames;
  parent: FolderNames;
}

/** Entries of a medium that may still be kept, and read. */
interface Allowance {
  kept: number;
  read: number;
}
