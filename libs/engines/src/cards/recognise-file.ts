import { posix } from 'node:path';
import { spannedPart } from '../resolve/clip-files.ts';
import { ANY_CARD } from './any-card.ts';
import type { CardLayout, CardRule } from './card-layout.ts';
import { CLIP_EXTENSIONS } from './clip-extensions.ts';
import { CARD_LAYOUTS } from './card-layouts.ts';
import type { Leftover, Neighbours } from './leftover.ts';

/** The layout that a file lies in, by its absolute path with slashes; `null` for none that is known. */
export function cardOf(path: string): CardLayout | null {
  return cardAt(path)?.layout ?? null;
}

/** The same, and where in the path its folders begin: a card may lie in the tree of another one. */
function cardAt(path: string): { layout: CardLayout; start: number } | null {
  let nearest: { layout: CardLayout; start: number } | null = null;
  for (const layout of CARD_LAYOUTS) {
    const start = lastStart(layout.folders, path);
    if (start > (nearest?.start ?? -1)) nearest = { layout, start };
  }
  if (nearest !== null) return nearest;
  const layout = CARD_LAYOUTS.find(({ file }) => file?.test(path));
  return layout === undefined ? null : { layout, start: 0 };
}

/** Where the last match begins; -1 for none. */
function lastStart(folders: RegExp | undefined, path: string): number {
  const match = folders?.exec(path);
  if (!match || folders === undefined) return -1;
  // Folders may follow one another with one slash between them.
  const next = match.index + match[0].length - 1;
  const later = lastStart(folders, path.slice(next));
  return later < 0 ? match.index : next + later;
}

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
