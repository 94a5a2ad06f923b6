import { basename, dirname, parse } from 'node:path';
import { cardName, cardRootOf } from '../cards/card-root.ts';
import type { Clip } from './examine.ts';
import { sourceFolderOf } from './media.ts';
import { slashed, type Found } from './walk.ts';

/** Digits of a number in a name, at least: `C2` comes before `C10`. */
const FEWEST_DIGITS = 3;
const MOST_CARD = 40;
const MOST_CLIP = 60;

/** What the jobs of clips are called after: card and clip, so that the order of names is theirs. */
export function clipLabels(clips: readonly Clip[]): ReadonlyMap<Clip, string> {
  const names = clips.map((clip) => [
    asWord(foldersOf(clip).join('-')),
    asWord(parse(clip.path).name),
  ]);
  const pad = padderOf(names.flat());
  return new Map(
    clips.map((clip, index) => {
      const [card = '', name = ''] = names[index]?.map(pad) ?? [];
      const words = [card.slice(0, MOST_CARD), name.slice(0, MOST_CLIP)];
      return [clip, words.filter((word) => word !== '').join('-') || 'clip'];
    }),
  );
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

/** Pads the numbers in names to the same length as in those that differ from them in numbers alone. */
function padderOf(names: readonly string[]): (name: string) => string {
  const widths = new Map<string, number[]>();
  for (const name of names) {
    const known = widths.get(shapeOf(name)) ?? [];
    const own = numbersIn(name).map(({ length }) => length);
    widths.set(
      shapeOf(name),
      own.map((width, index) => Math.max(width, known[index] ?? FEWEST_DIGITS)),
    );
  }
  return (name) => {
    const wanted = widths.get(shapeOf(name)) ?? [];
    let index = 0;
    return name.replaceAll(/\d+/g, (digits) => digits.padStart(wanted[index++] ?? 0, '0'));
  };
}

function numbersIn(name: string): string[] {
  return name.match(/\d+/g) ?? [];
}

function shapeOf(name: string): string {
  return name.replaceAll(/\d+/g, '#');
}
