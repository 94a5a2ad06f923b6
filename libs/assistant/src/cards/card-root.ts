import { CARD_LAYOUTS, type CardLayout } from './card-layouts.ts';

/** The layout that a file lies in, by its absolute path with slashes; `null` for none that is known. */
export function cardOf(path: string): CardLayout | null {
  return cardAt(path)?.layout ?? null;
}

/** The same, and where in the path its folders begin: a card may lie in the tree of another one. */
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

/** Folders that cameras put around their own. */
const WRAPPERS = /(?:\/(?:PRIVATE|AVCHD|DCIM))+$/i;

/**
 * The folder that is the card which a source lies on: the one that its layout begins in, or without a layout the nearest folder.
 *
 * @param source its absolute path, whichever way its slashes lean
 * @returns a path with slashes and none at its end; empty for a source that lies in no folder
 */
export function cardRootOf(source: string): string {
  const path = source.replaceAll('\\', '/');
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const card = cardAt(path);
  if (card === null) return folder;
  const { layout, start } = card;
  const [root = rootAt(layout, path, start) ?? folder] = layout.root?.exec(path) ?? [];
  // Never the root of the file system.
  return root === '' ? folder : root;
}

function rootAt({ folders, file }: CardLayout, path: string, start: number): string | null {
  if (folders !== undefined && start > 0) return path.slice(0, start).replace(WRAPPERS, '');
  const named = file?.exec(path)?.index ?? -1;
  // A name that begins after a slash may be that of a folder of frames; an extension says nothing of folders.
  return named >= 0 && path[named] === '/' ? path.slice(0, named) : null;
}

/** How people call a card: its folder's name, without the extension that RED gives it. */
export function cardName(root: string): string {
  return root.slice(root.lastIndexOf('/') + 1).replace(/\.RDM$/i, '');
}

/** Where in a path the last match begins; -1 for none. */
function lastStart(folders: RegExp | undefined, path: string): number {
  const match = folders?.exec(path);
  if (!match || folders === undefined) return -1;
  // Folders may follow one another with one slash between them.
  const next = match.index + match[0].length - 1;
  const later = lastStart(folders, path.slice(next));
  return later < 0 ? match.index : next + later;
}
