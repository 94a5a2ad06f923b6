import { posix } from 'node:path';
import { spannedPart } from '../davinci/clip-files.ts';
import { ANY_CARD } from './any-card.ts';
import type { CardLayout, CardRule } from './card-layout.ts';
import { CLIP_EXTENSIONS } from './clip-extensions.ts';
import { CARD_LAYOUTS } from './card-layouts.ts';
import type { Leftover, Neighbours } from './leftover.ts';

/** The layout that a file lies in, by its absolute path with slashes; `null` for none that is known. */
export function cardOf(path: string): CardLayout | null {
  return CARD_LAYOUTS.find((layout) => layout.path.test(path)) ?? null;
}

/**
 * What a file is, by its absolute path with slashes, when no proxy is made of it; `null` for what may be a clip, which only a look
 * inside can tell.
 */
export function leftoverOf(path: string, neighbours: Neighbours): Leftover | null {
  const rules = [...(cardOf(path)?.leftovers ?? []), ...ANY_CARD];
  const rule = rules.find((rule) => rule.path.test(path) && isBeside(rule, path, neighbours));
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
  const stem = posix.parse(path).name.toUpperCase();
  if (beside.name === 'same')
    return beside.extensions.some((extension) => names.has(stem + extension.toUpperCase()));
  return [...names].some((name) => beside.extensions.includes(posix.extname(name).toLowerCase()));
}
