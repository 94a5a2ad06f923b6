import type { ListedClip } from '@app/engines';
import { counted, listed } from '../text/index.ts';
import type { Clip } from './examine.ts';
import type { Problem } from './found.ts';
import type { Only } from './only.ts';
import { PlanRefusal } from './plan-refusal.ts';
import type { PlanRequest } from './plan-request.ts';

export function isListed({ known }: Clip, only: Only | null): boolean {
  return only === null || only.list.linesOf(known).length > 0;
}

/**
 * The clips that a list names, how many it doesn't, and what is wrong with those that it names, or that aren't here.
 *
 * @param problems of all clips.
 * @throws PlanRefusal when nothing is left.
 */
export function onlyListed(
  clips: readonly Clip[],
  problems: readonly Problem[],
  { only, media }: PlanRequest,
): { clips: readonly Clip[]; notListed: number; problems: Problem[] } {
  if (only === null) return { clips, notListed: 0, problems: [...problems] };
  const found = new Set<ListedClip>();
  const named = clips.filter(({ known }) => {
    const lines = only.list.linesOf(known);
    for (const line of lines) found.add(line);
    return lines.length > 0;
  });
  if (named.length === 0)
    throw new PlanRefusal(
      'media',
      `${only.file} names none of the clips in ${media.join(', ')}. Name the cards that have its clips.`,
    );
  const missing = new Set(only.list.clips.filter((line) => !found.has(line)).map(wordsFor));
  // What has the name of a clip that is here is used again, in another way.
  for (const line of found) missing.delete(wordsFor(line));
  const others = new Set(clips.map(({ path }) => path));
  for (const { path } of named) others.delete(path);
  const left = problems.filter(({ path }) => !others.has(path));
  if (missing.size > 0) left.push(notHere(only, [...missing]));
  return { clips: named, notListed: others.size, problems: left };
}

function wordsFor({ name, file, reel, line }: ListedClip): string {
  return name ?? file ?? reel ?? `line ${line}`;
}

function notHere({ file }: Only, names: readonly string[]): Problem {
  const reason = `${file} names ${counted(names.length, 'clip')} that ${names.length === 1 ? "isn't" : "aren't"} among these media: ${listed(names)}. Name their cards too.`;
  return { path: file, kind: 'missing', reason };
}
