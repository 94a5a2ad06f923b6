import { basename, dirname } from 'node:path';
import { frameNames, isNamedLikeClip, isOfClip, rawFrameFormat } from '@app/engines';
import { contains, exists } from '../../files/index.ts';
import { severalAtOnce } from '../../process/several-at-once.ts';
import type { Expected } from './expected-files.ts';

/** A clip, a part or frame of one, or its settings, that a list has and that isn't there. */
export interface MissingFile {
  path: string;
  list: string;
  /** The source that it belongs to; `null` when that isn't among the sources. */
  source: string | null;
}

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
  const there = await severalAtOnce(files, ([path]) => exists(path).catch(() => true));
  const missing = files.filter((_, index) => !there[index]);
  return missing.flatMap(([path, [one]]) => {
    const source = byFolder.get(dirname(path))?.find((source) => isOf(path, source)) ?? null;
    const isAsked = source !== null || media.some((medium) => contains(medium, path));
    return isAsked ? [{ path, list: one?.list ?? '', source }] : [];
  });
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
