import { basename, dirname } from 'node:path';
import {
  frameKey,
  isNamedLikeClip,
  rawFrameFormat,
  settingsNames,
  spannedPart,
} from '@app/engines';
import { contains, errorCode, lstat, realPathOf, stat } from '../../files/index.ts';
import { foldedName } from '@app/jobspec';
import { severalAtOnce } from '../../process/several-at-once.ts';
import type { Expected } from './expected-files.ts';

/** A clip, a part or frame of one, or its settings, that a list has and that isn't there. */
export interface MissingFile {
  path: string;
  /** To follow the path in a sentence. */
  fact: string;
  list: string;
  /** The source that it belongs to; `null` when that isn't among the sources. */
  source: string | null;
}

const LINK = 'is a link, or lies behind one';
/** By which Resolve develops a clip. */
const SETTINGS = /\.(rmd|sidecar)$/i;

/** What lists have and the media don't. A medium that is a single clip has all of its files. */
export async function missingFiles(
  sources: readonly string[],
  media: readonly string[],
  expected: ReadonlyMap<string, readonly Expected[]>,
): Promise<MissingFile[]> {
  const owners = new Owners(sources);
  const isNear = (path: string) =>
    owners.areIn(dirname(path)) || media.some((medium) => contains(medium, path));
  const files = [...expected].filter(([path]) => isOfClips(path) && isNear(path));
  const facts = await severalAtOnce(files, ([path]) => factOf(path));
  return files.flatMap(([path, [one]], index) => {
    const fact = facts[index] ?? null;
    if (fact === null) return [];
    const source = owners.of(path);
    // The bytes that a linked part of a source leads to were compared.
    if (fact === LINK && source !== null) return [];
    const isAsked = source !== null || media.some((medium) => contains(medium, path));
    return isAsked ? [{ path, fact, list: one?.list ?? '', source }] : [];
  });
}

/** What keeps a file from being planned though its list has it; `null` for nothing, or when that can't be told. */
async function factOf(path: string): Promise<string | null> {
  try {
    const isOwn = foldedName((await realPathOf(path)).real) === foldedName(path);
    if (isOwn && (await lstat(path)).isFile()) return null;
    return (await stat(path)).isFile() ? LINK : 'is not a file';
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') ? 'is not there' : null;
  }
}

function isOfClips(path: string): boolean {
  return isNamedLikeClip(path) || rawFrameFormat(path) !== null || SETTINGS.test(path);
}

/** Knows by its name to which source a file belongs, however many sources and files there are. */
class Owners {
  /** By folder, then by what the names of a source's files have in common. */
  readonly #folders = new Map<string, Map<string, string>>();

  constructor(sources: readonly string[]) {
    for (const source of sources) {
      this.#add(source, source, [ANY_FRAME]);
      this.#add(dirname(source), source, keysOfSource(basename(source)));
    }
  }

  areIn(folder: string): boolean {
    return this.#folders.has(folder);
  }

  /** The first such source; `null` when there is none. */
  of(path: string): string | null {
    const sources = this.#folders.get(dirname(path));
    if (sources === undefined) return null;
    const found = keysOfFile(basename(path)).flatMap((key) => sources.get(key) ?? []);
    return found[0] ?? null;
  }

  #add(folder: string, source: string, keys: readonly string[]) {
    const sources = this.#folders.get(folder) ?? new Map<string, string>();
    this.#folders.set(folder, sources);
    for (const key of keys) if (!sources.has(key)) sources.set(key, source);
  }
}

/** Of a source that is a folder of frames. */
const ANY_FRAME = 'frame';

function keysOfSource(name: string): string[] {
  const frame = rawFrameFormat(name) === null ? null : frameKey(name);
  if (rawFrameFormat(name) !== null) return [frame === null ? named(name) : sequence(frame)];
  const part = spannedPart(name);
  return [named(name), ...settingsNames(name).map(named), ...(part ? [spanned(part.clip)] : [])];
}

function keysOfFile(name: string): string[] {
  const part = spannedPart(name);
  const isFrame = rawFrameFormat(name) !== null;
  const frame = isFrame && !name.startsWith('.') ? frameKey(name) : null;
  return [
    ...(isFrame ? [ANY_FRAME] : []),
    named(name),
    ...(frame === null ? [] : [sequence(frame)]),
    ...(part === null ? [] : [spanned(part.clip)]),
  ];
}

const named = (name: string) => `name ${name}`;
const sequence = (frame: string) => `sequence ${frame}`;
const spanned = (clip: string) => `parts ${clip}`;
