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

/** What may be a clip. */
export interface Found {
  /** Absolute: a file, or the folder of a frame sequence. */
  path: string;
  /** The medium that it was found in, without links. */
  medium: string;
  /** Of a frame sequence, the name of its last frame. */
  lastFrame?: string;
}

/** Something that was not planned though it should have been, or can't be told. */
export interface Problem {
  path: string;
  kind:
    'refused' | 'unreadable' | 'copying' | 'mismatch' | 'missing' | 'naming' | 'proxy' | 'output';
  /** A sentence. */
  reason: string;
  /** It has a job all the same, whose refusal puts it on record. */
  isPlanned?: true;
  /** Why no proxy of it is asked for; absent where one is. */
  cause?: LeftOutCause;
  /** That it lies in, where no clip tells. */
  medium?: string;
}

/** Why no proxy is asked for. */
export type LeftOut = Problem & Required<Pick<Problem, 'cause'>>;

/** A path as the tables of cards read it. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** As many of each kind as are named. */
const MOST_NAMED = 3;

/** Counts what is left out by its kind. */
export class Leftovers {
  readonly #counts = new Map<Leftover, { count: number; first: string[] }>();
  /** How many of each kind a medium has. */
  readonly byMedium = new Map<string, Record<string, number>>();

  add(kind: Leftover, { path, medium }: Found) {
    this.count(kind, medium);
    const entry = this.#counts.get(kind) ?? { count: 0, first: [] };
    entry.count += 1;
    if (entry.first.length < MOST_NAMED) entry.first.push(path);
    this.#counts.set(kind, entry);
  }

  count(kind: Leftover | 'link', medium: string) {
    const counts = this.byMedium.get(medium) ?? {};
    this.byMedium.set(medium, { ...counts, [kind]: (counts[kind] ?? 0) + 1 });
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
  readonly problems: (LeftOut & { medium: string })[] = [];
  /** Media of which not all was seen: what isn't found there may be there. */
  readonly unseen = new Set<string>();
  /** Hash lists. */
  readonly lists: string[] = [];
  /** Symbolic links, which are not followed. */
  links = 0;
  #entries = 0;
  #medium = '';

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
    this.#medium = medium;
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

  /** Photos are left out; renders and scans are clips to people, and are told. */
  #stills({ path, medium }: Found, names: readonly string[]) {
    const sequences = OF_CAMERAS.test(slashed(path)) ? [] : stillSequences(names);
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

  /** Something of the medium can't be looked at. */
  miss(path: string, kind: Problem['kind'], reason: string, medium = this.#medium) {
    this.problems.push({ path, medium, kind, cause: 'unreadable', reason });
    this.unseen.add(medium);
  }

  #refuse(path: string, fact: string) {
    this.miss(path, 'refused', `${path} ${fact}`);
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
      this.miss(path, 'unreadable', `${path} can't be listed: ${errorFact(error)}.`);
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
