import { readingOf, withoutKinds, type Piece } from './word-reading.ts';
import { folded, lastFolderOf, splitPath } from './words.ts';

/** Full-text search finds parts of three characters and more. */
const WORD_LENGTH = 3;
const NOTHING = /^[_.–—-]*$/u;
const PATH = /^(?:[/\\]|[a-z]:[/\\])/u;
/** A number behind a word is short: what is longer stands for itself, as a year does. */
const NUMBER = /^\d{1,3}$/u;
const LETTERS = /^\p{L}{2,}$/u;
/** Of a word and its number: nothing or one of these between them, so many zeros before the number, and one of these after it. */
const BETWEEN = ['', ' ', '_', '-', '.'];
export const ZEROS = ['', '0', '00', '000'];
const AFTER = ['/', '\\', ' ', '_', '-', '.', '\n'];
/** A card has its clips behind it, and a clip its take. */
const AFTER_A_LETTER = [...AFTER, 'c', 'r', 't'];
/** Behind a word and its number, as they are written: `day3b`. */
const AFTER_WHOLE = [...AFTER, ...Array.from('abcdefghijklmnopqrstuvwxyz()[]+,&#@')];
/** A card and a day, as people write them in one: `A001-day3`. With a name of a file, a letter or a number in it, it is a name. */
const JOINED =
  /^(?=.*\d)(?:(?:\p{L}+\d{1,4})+|\p{L}{3,})(?:[-_–—](?:(?:\p{L}+\d{1,4})+|\p{L}{3,}))+$/u;
const JOINT = /[-_–—]/u;
const AROUND = ['\n', ' ', '_', '-', '.'];

/**
 * What a search looks for: its words, in any order, parted by spaces, commas and slashes. A path from the root stays one.
 * A number belongs to the word before it: `day 3`. Phones put a space behind what they complete.
 */
export function wordsOf(q: string): string[] {
  const words: string[] = [];
  for (const word of folded(q).split(/\s+/u).flatMap(partsOf)) {
    if (NOTHING.test(word)) continue;
    const before = words.at(-1);
    if (before !== undefined && LETTERS.test(before) && NUMBER.test(word))
      words[words.length - 1] = `${before} ${word}`;
    else words.push(word);
  }
  return [...new Set(withoutKinds(words))];
}

function partsOf(word: string): string[] {
  if (PATH.test(word)) return [word.replace(/[,;]+$/u, '')];
  return word.split(/[,;/\\]+/u).flatMap((part) => {
    const bare = part.replace(/:$/u, '');
    return JOINED.test(bare) ? bare.split(JOINT) : [bare];
  });
}

/** Whether a folded text has a word in it. */
export function holdsWord(text: string, word: string): boolean {
  const { literal, whole, pattern } = readingOf(word);
  return (
    (literal !== null && text.includes(literal)) ||
    pattern?.test(text) === true ||
    (whole !== null && AFTER_WHOLE.some((after) => `${text}\n`.includes(whole + after)))
  );
}

/**
 * A word that full-text search can't ask for: what a text must have in it at least, and patterns of GLOB, of which the text in
 * small letters with a space at either end must match one to have it; `literal` is `null` for any other word.
 */
export function goneThrough(word: string): { literal: string | null; patterns: string[] } {
  const { pieces, number } = readingOf(word);
  if (number === null)
    return lengthOf(word) < WORD_LENGTH && pieces.length === 0
      ? { literal: word, patterns: [`*${word.replaceAll(/[*?[]/gu, '[$&]')}*`] }
      : { literal: null, patterns: [] };
  const patterns = ZEROS.map((zeros) => `*[^0-9]${zeros}${number}[^0-9]*`);
  return { literal: number, patterns };
}

/** The words as FTS5 asks for them; `null` when all are too short. */
export function matchOf(words: readonly string[]): string | null {
  const terms = words.flatMap(termsOf);
  return terms.length === 0 ? null : terms.join(' AND ');
}

function termsOf(word: string): string[] {
  const { literal, whole, pieces, number } = readingOf(word);
  if (number !== null) return [];
  if (pieces.length === 0)
    return pathTermsOf(word).flatMap((term) => (lengthOf(term) < WORD_LENGTH ? [] : quoted(term)));
  const forms = pieces.map(formsOf);
  const [only] = forms;
  const ways =
    forms.length === 1 && only !== undefined ? only : [`(${forms.map(either).join(' AND ')})`];
  const longer = whole === null ? [] : AFTER_WHOLE.map((after) => quoted(whole + after));
  const all = new Set([...(literal === null ? [] : [quoted(literal)]), ...ways, ...longer]);
  return [either([...all])];
}

function either(terms: readonly string[]): string {
  return `(${terms.join(' OR ')})`;
}

/** How a part of a word may be written. */
function formsOf(piece: Piece): string[] {
  if ('literal' in piece) return [quoted(piece.literal)];
  const { letters, number } = piece;
  const isLetter = letters.length === 1;
  return (isLetter ? [''] : BETWEEN).flatMap((between) =>
    ZEROS.flatMap((zeros) =>
      (isLetter ? AFTER_A_LETTER : AFTER).map((after) =>
        quoted(`${letters}${between}${zeros}${number}${after}`),
      ),
    ),
  );
}

/** A word that is too short to be asked for, as a whole: a reel may be called so. */
export function wholeWord(word: string): string {
  return AROUND.flatMap((before) => AROUND.map((after) => quoted(before + word + after))).join(
    ' OR ',
  );
}

function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}

/** In characters, as FTS5 counts them. */
function lengthOf(word: string): number {
  return Array.from(word).length;
}

/** A path of several parts is looked for as its folder, and as its name with the last part of that. */
function pathTermsOf(word: string): string[] {
  const { dir, name } = splitPath(word);
  const last = lastFolderOf(dir);
  return last === dir || name === '' ? [word] : [dir, last + name];
}
