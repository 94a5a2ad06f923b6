import { posix } from 'node:path';
import { spannedPart } from './clip-files.ts';
import { ANY_CARD } from './any-card.ts';
import type { CardRule } from './card-layout.ts';
import { CLIP_EXTENSIONS } from './clip-extensions.ts';
import { cardAt } from './card-root.ts';
import type { Leftover, Neighbours } from './leftover.ts';

/**
 * What a file is, by its absolute path with slashes, when no proxy is made of it; `null` for what may be a clip, which only a look
 * inside can tell.
 */
export function leftoverOf(path: string, neighbours: Neighbours): Leftover | null {
  const card = cardAt(path);
  const holds = (rule: CardRule, of: string) =>
    rule.path.test(of) && isBeside(rule, path, neighbours);
  const rule =
    card?.layout.leftovers.find((rule) => holds(rule, path.slice(card.start))) ??
    ANY_CARD.find((rule) => holds(rule, path));
  if (rule) return rule.kind;
  const spanned = spannedPart(posix.basename(path));
  const isLater = spanned !== null && spanned.part !== 1;
  return isLater && neighbours.folder.has(spanned.nameOf(1).toUpperCase()) ? 'part' : null;
}

/** Whether a file that no engine takes is missed: it is named like a clip. */
export function isNamedLikeClip(path: string): boolean {
  return CLIP_EXTENSIONS.includes(posix.extname(path).toLowerCase());
}

function isBeside({ beside }: CardRule, path: string, neighbours: Neighbours): boolean {
  if (beside === undefined) return true;
  const names = neighbours[beside.where];
  const stem = posix
    .parse(path)
    .name.replace(beside.without ?? '', '')
    .toUpperCase();
  if (beside.name === 'same')
    return beside.extensions.some((extension) => names.has(stem + extension.toUpperCase()));
  return [...names].some((name) => beside.extensions.includes(posix.extname(name).toLowerCase()));
}
