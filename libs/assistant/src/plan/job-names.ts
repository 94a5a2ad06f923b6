import { basename, dirname, parse } from 'node:path';
import { cardName, cardRootOf } from '../cards/card-root.ts';
import { sourceFolderOf } from './media.ts';
import { slashed, type Candidate } from './walk.ts';

const MAX_CARD_LENGTH = 40;
const MAX_CLIP_LENGTH = 60;

/** Label of a clip's job: card and clip, so that jobs sort like them. */
export function clipLabel(clip: Candidate): string {
  const words = [folderWord(clip), asWord(parse(clip.path).name).slice(0, MAX_CLIP_LENGTH)];
  return words.filter((word) => word !== '').join('-') || 'clip';
}

/** Words that distinguish clips of one name: the card, and the folder if that adds something. */
export function folderWord(clip: Candidate): string {
  return asWord(foldersOf(clip).join('-')).slice(0, MAX_CARD_LENGTH);
}

/** Label of a folder's job: medium and folder. */
export function folderLabel(medium: string, folder: string): string {
  const names = [...new Set([basename(medium), basename(folder)])];
  return names.map(asWord).join('-').slice(0, MAX_CLIP_LENGTH) || 'media';
}

/**
 * Card of a clip and, if it adds something, the clip's folder: `A001`, `A001-101GOPRO`. Outside cards, a folder without
 * a number in its name, such as `Clips`, is preceded by its parent.
 */
function foldersOf(found: Candidate): string[] {
  const { path, medium } = found;
  const root = cardRootOf(slashed(path));
  const folder = sourceFolderOf(found);
  const [card, name] = [cardName(root), basename(folder)];
  if (root !== slashed(folder))
    return hasNumber(name) && !parse(path).name.startsWith(parse(name).name)
      ? [card, name]
      : [card];
  const isUnique = hasNumber(name) || folder === medium || path === medium;
  return isUnique ? [card] : [basename(dirname(folder)), card];
}

function hasNumber(name: string): boolean {
  return /\d/.test(name);
}

/** Restricts a name to the characters of job ids. */
function asWord(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return plain.replaceAll(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._-]+/, '');
}
