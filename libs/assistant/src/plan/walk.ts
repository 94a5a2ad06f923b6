import type { Dirent } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { LEFTOVER_WORDS, type FolderNames, type Leftover } from '../cards/leftover.ts';
import { leftoverOf } from '../cards/recognise-file.ts';
import { rawFrameFormat } from '@app/engines';
import { stillSequences } from '../cards/still-sequences.ts';
import { foldedName } from '@app/jobspec';
import { compareNames } from '@app/jobspec/folder';
import { errorFact, opendir } from '@app/storage';
import type { Destination } from './plan-request.ts';

/** What may be a clip. */
export interface Found {
  /** Absolute: a file, or the folder of a frame sequence. */
  path: string;
  /** The medium that it was found in, without links. */
  medium: string;
}

/** Something that was not planned though it should have been, or can't be told. */
export interface Problem {
  path: string;
  kind: 'refused' | 'unreadable' | 'mismatch' | 'missing' | 'naming' | 'proxy' | 'output';
  /** A sentence. */
  reason: string;
  /** It has a job all the same, whose refusal puts it on record. */
  isPlanned?: true;
}

/** A path as the tables of cards read it. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** As many of each kind as are named. */
const MOST_NAMED = 3;

/** Counts what is left out by its kind. */
export class Leftovers {
  readonly #counts = new Map<Leftover, { count: number; first: string[] }>();

  add(kind: Leftover, path: string) {
    const entry = this.#counts.get(kind) ?? { count: 0, first: [] };
    entry.count += 1;
    if (entry.first.length < MOST_NAMED) entry.first.push(path);
    this.#counts.set(kind, entry);
  }

  /** How many there are of each kind that there is, in the order in which people are told, and the first of them. */
  entries(): { kind: Leftover; count: number; words: string; first: readonly string[] }[] {
    return (Object.keys(LEFTOVER_WORDS) as Leftover[]).flatMap((kind) => {
      const entry = this.#counts.get(kind);
      if (entry === undefined) return [];
      return [{ kind, ...entry, words: LEFTOVER_WORDS[kind][entry.count === 1 ? 0 : 1] }];
    });
  }
}

/** A medium with more is no card, and no day: somebody has named a whole volume. A folder with more holds no clips of a camera. */
const MOST_ENTRIES = { ofMedium: 200_000, ofFolder: 100_000 };
/** So many times what a medium may hold is read of it, with what is hidden and folders that are left out. */
const READ_TIMES = 10;
/** Deeper than any card lies in the folders of a shoot. */
const DEPTH = 24;
/** What systems leave on every volume. */
const OF_SYSTEMS = new Set(['System Volume Information', '$RECYCLE.BIN', 'LOST.DIR', 'lost+found']);

/** Cameras number their photos, too. */
const OF_CAMERAS = /\/DCIM(\/|$)/i;

/** Everything that lies in media. */
export class Walk {
  readonly found: Found[] = [];
  readonly leftovers = new Leftovers();
  readonly problems: Problem[] = [];
  /** Hash lists. */
  readonly lists: string[] = [];
  /** Symbolic links, which are not followed. */
  links = 0;
  #entries = 0;

  /** @param onEntry told how many entries were seen. */
  constructor(
    private readonly onEntry: (count: number) => void,
    private readonly most = MOST_ENTRIES,
  ) {}

  /**
   * Looks through a folder and those in it, by their names alone. One that lies too deep or holds too much is a problem, and the others
   * are looked through; nothing is found in a medium that holds too much.
   *
   * @param place of the proxies, which may lie in the medium and is passed over.
   */
  async folder(medium: string, place: Destination): Promise<void> {
    const before = { found: this.found.length, lists: this.lists.length };
    const { ofMedium } = this.most;
    const room = { kept: ofMedium, read: ofMedium * READ_TIMES };
    const folders = [{ path: medium, depth: 1, parent: new Set<string>() as FolderNames }];
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      const { path, depth, parent } = next;
      const entries = await this.#list(path, room);
      if (room.kept < 0 || room.read < 0) {
        this.found.length = before.found;
        this.lists.length = before.lists;
        this.#refuse(medium, `holds more than ${ofMedium} files. Name the cards or folders in it.`);
        return;
      }
      const names = new Set(entries.map(({ name }) => name.toUpperCase()));
      const inner = entries.filter(
        (entry) => entry.isDirectory() && !isOfProxies(join(path, entry.name), place),
      );
      const isDeepest = depth === DEPTH;
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
    let hasFrames = false;
    for (const entry of entries) {
      const inner = join(path, entry.name);
      if (entry.isSymbolicLink()) this.links += 1;
      else if (!entry.isFile() && !entry.isDirectory()) this.leftovers.add('special', inner);
      if (!entry.isFile()) continue;
      const leftover = leftoverOf(slashed(inner), folder);
      if (leftover === 'still') stills.push(entry.name);
      else if (leftover !== null) this.leftovers.add(leftover, inner);
      if (leftover === 'mhl') this.lists.push(inner);
      if (leftover !== null) continue;
      if (rawFrameFormat(entry.name) === null) this.found.push({ path: inner, medium });
      else hasFrames = true;
    }
    if (hasFrames) this.found.push({ path, medium });
    this.#stills(path, stills);
  }

  /** Photos are left out; renders and scans are clips to people, and are told. */
  #stills(path: string, names: readonly string[]) {
    const sequences = OF_CAMERAS.test(slashed(path)) ? [] : stillSequences(names);
    const frames = new Set(sequences.flatMap((sequence) => sequence.names));
    for (const name of names)
      this.leftovers.add(frames.has(name) ? 'frame' : 'still', join(path, name));
    for (const sequence of sequences) {
      const range = join(path, sequence.name);
      const reason = `${range} is a sequence of ${sequence.names.length} images, and no proxies are made of those. Make a clip of them first.`;
      this.problems.push({ path: range, kind: 'refused', reason });
    }
  }

  #refuse(path: string, fact: string) {
    this.problems.push({ path, kind: 'refused', reason: `${path} ${fact}` });
  }

  /** What is in a folder, in order, without what is hidden. */
  async #list(path: string, room: Room): Promise<Dirent[]> {
    const entries: Dirent[] = [];
    const { ofFolder } = this.most;
    let count = 0;
    try {
      for await (const entry of await opendir(path)) {
        this.onEntry(++this.#entries);
        if (--room.read < 0) return [];
        if (++count > ofFolder) {
          this.#refuse(path, `holds more than ${ofFolder} files. Sort them into folders.`);
          return [];
        }
        if (!entry.name.startsWith('.') && !OF_SYSTEMS.has(entry.name)) entries.push(entry);
      }
    } catch (error) {
      const reason = `${path} can't be listed: ${errorFact(error)}.`;
      this.problems.push({ path, kind: 'unreadable', reason });
    }
    room.kept -= entries.length;
    return entries.sort((a, b) => compareNames(a.name, b.name));
  }
}

function isOfProxies(folder: string, place: Destination): boolean {
  if (place.how === 'output') return folder === place.folder;
  return foldedName(basename(folder)) === foldedName(place.name);
}

interface WalkedFolder {
  path: string;
  medium: string;
  folder: FolderNames;
  parent: FolderNames;
}

/** How many more entries of a medium are kept, and read. */
interface Room {
  kept: number;
  read: number;
}
