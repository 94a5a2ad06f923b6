import { posix } from 'node:path';
import { spannedPart } from '@app/storage';
import { ANY_CARD, CLIP_EXTENSIONS } from './any-card.ts';
import type { CardNeighbour, CardRule } from './card-layouts.ts';
import { cardAt } from './card-root.ts';
import type { Leftover, Neighbours } from './leftover.ts';

/**
 * What a file is, by its absolute path with slashes, when no proxy is made of it; `null` for what may be a clip, which only a look
 * inside can tell.
 */
export function leftoverOf(path: string, neighbours: Neighbours): Leftover | null {
  const card = cardAt(path);
  const holds = ([, , pattern, neighbour]: CardRule, of: string) =>
    pattern.test(of) && (neighbour === undefined || isThere(neighbour, path, neighbours));
  const [kind] =
    card?.layout.leftovers.find((rule) => holds(rule, path.slice(card.start))) ??
    ANY_CARD.find((rule) => holds(rule, path)) ??
    [];
  if (kind !== undefined) return kind;
  const spanned = spannedPart(posix.basename(path));
  const isLater = spanned !== null && spanned.part !== 1;
  return isLater && neighbours.folder.has(spanned.nameOf(1).toUpperCase()) ? 'part' : null;
}

/** Whether a file that no engine takes is missed: it is named like a clip. */
export function isNamedLikeClip(path: string): boolean {
  return CLIP_EXTENSIONS.includes(posix.extname(path).toLowerCase());
}

function isThere(
  { where, name, without, extensions }: CardNeighbour,
  path: string,
  neighbours: Neighbours,
): boolean {
  const names = neighbours[where];
  if (name === 'any')
    return [...names].some((one) => extensions.includes(posix.extname(one).toLowerCase()));
  const stem = posix.parse(path).name.replace(without ?? '', '');
  return extensions.some((extension) => names.has((stem + extension).toUpperCase()));
}
