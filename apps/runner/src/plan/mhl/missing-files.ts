import { basename, dirname } from 'node:path';
import { frameNames, isNamedLikeClip, isOfClip, rawFrameFormat } from '@app/engines';
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
  const byFolder = new Map<string, string[]>();
  for (const source of sources)
    for (const folder of [dirname(source), source]) {
      const there = byFolder.get(folder);
      if (there) there.push(source);
      else byFolder.set(folder, [source]);
    }
  const isNear = (path: string) =>
    byFolder.has(dirname(path)) || media.some((medium) => contains(medium, path));
  const files = [...expected].filter(([path]) => isOfClips(path) && isNear(path));
  const facts = await severalAtOnce(files, ([path]) => factOf(path));
  return files.flatMap(([path, [one]], index) => {
    const fact = facts[index] ?? null;
    if (fact === null) return [];
    const source = byFolder.get(dirname(path))?.find((source) => isOf(path, source)) ?? null;
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

/** @param source in the folder of the file, or that folder. */
function isOf(path: string, source: string): boolean {
  const name = basename(path);
  if (source === dirname(path)) return rawFrameFormat(name) !== null;
  if (rawFrameFormat(source) !== null) return frameNames([name], basename(source)).includes(name);
  return path === source || isOfClip(name, basename(source));
}
