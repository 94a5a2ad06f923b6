import { basename, dirname, parse } from 'node:path';
import { cardName, cardRootOf } from '../cards/card-root.ts';
import { sourceFolderOf } from './media.ts';
import { slashed, type Found } from './walk.ts';

const MOST_CARD = 40;
const MOST_CLIP = 60;

/** What the job of a clip is called after: card and clip, so that the order of names is theirs. */
export function clipLabel(clip: Found): string {
  const words = [folderWord(clip), asWord(parse(clip.path).name).slice(0, MOST_CLIP)];
  return words.filter((word) => word !== '').join('-') || 'clip';
}

/** What tells clips of one name apart: the card of each, and its folder where that tells more. */
export function folderWord(clip: Found): string {
  return asWord(foldersOf(clip).join('-')).slice(0, MOST_CARD);
}

/** What the job of a folder is called after: its medium and itself. */
export function folderLabel(medium: string, folder: string): string {
  const names = [...new Set([basename(medium), basename(folder)])];
  return names.map(asWord).join('-').slice(0, MOST_CLIP) || 'media';
}

/**
 * The card of a clip and, where it tells more, the folder that the clip lies in: `A001`, `A001-101GOPRO`. A folder of no card that has
 * no number in its name, such as `Clips`, comes after the one above.
 */
function foldersOf(found: Found): string[] {
  const { path, medium } = found;
  const root = cardRootOf(slashed(path));
  const folder = sourceFolderOf(found);
  const [card, name] = [cardName(root), basename(folder)];
  if (root !== slashed(folder))
    return hasNumber(name) && !parse(path).name.startsWith(parse(name).name)
      ? [card, name]
      : [card];
  const isTold = hasNumber(name) || folder === medium || path === medium;
  return isTold ? [card] : [basename(dirname(folder)), card];
}

function hasNumber(name: string): boolean {
  return /\d/.test(name);
}

/** In letters that every job id may have. */
function asWord(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return plain.replaceAll(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._-]+/, '');
}
