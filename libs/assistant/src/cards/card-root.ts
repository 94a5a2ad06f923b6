import { CARD_LAYOUTS, type CardLayout } from './card-layouts.ts';

/** Returns the layout of the card that contains a file (absolute path with slashes); `null` if unknown. */
export function cardOf(path: string): CardLayout | null {
  return cardAt(path)?.layout ?? null;
}

/** Like `cardOf`, with the offset of the card's folders in the path: a card may be nested in another one's tree. */
export function cardAt(path: string): { layout: CardLayout; start: number } | null {
  let nearest: { layout: CardLayout; start: number } | null = null;
  for (const layout of CARD_LAYOUTS) {
    const start = lastStart(layout.folders, path);
    if (start > (nearest?.start ?? -1)) nearest = { layout, start };
  }
  if (nearest !== null) return nearest;
  const layout = CARD_LAYOUTS.find(({ file }) => file?.test(path));
  return layout === undefined ? null : { layout, start: 0 };
}

/** Folders that wrap a card's own folders. */
const WRAPPERS = /(?:\/(?:PRIVATE|AVCHD|DCIM))+$/i;

/**
 * Returns the root folder of the card that contains a source: the start of its layout, or else its parent folder.
 *
 * @param source absolute path, with slashes or backslashes
 * @returns a path with slashes and without a trailing one; empty if the source has no parent folder
 */
export function cardRootOf(source: string): string {
  const path = source.replaceAll('\\', '/');
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const card = cardAt(path);
  if (card === null) return folder;
  const { layout, start } = card;
  const [root = rootAt(layout, path, start) ?? folder] = layout.root?.exec(path) ?? [];
  // The file system root is never a card.
  return root === '' ? folder : root;
}

function rootAt({ folders, file }: CardLayout, path: string, start: number): string | null {
  if (folders !== undefined && start > 0) return path.slice(0, start).replace(WRAPPERS, '');
  const named = file?.exec(path)?.index ?? -1;
  // A name that starts after a slash may be a folder of frames. An extension says nothing about folders.
  return named >= 0 && path[named] === '/' ? path.slice(0, named) : null;
}

/** Display name of a card: its folder name without RED's extension. */
export function cardName(root: string): string {
  return root.slice(root.lastIndexOf('/') + 1).replace(/\.RDM$/i, '');
}

/** Offset of the last match in a path; -1 if there is none. */
function lastStart(folders: RegExp | undefined, path: string): number {
  const match = folders?.exec(path);
  if (!match || folders === undefined) return -1;
  // Adjacent folders share the slash between them.
  const next = match.index + match[0].length - 1;
  const later = lastStart(folders, path.slice(next));
  return later < 0 ? match.index : next + later;
}
