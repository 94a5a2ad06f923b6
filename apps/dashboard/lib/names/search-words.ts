import { folded, lastFolderOf, splitPath } from './words.ts';

/** Full-text search finds parts of three characters and more. */
const WORD_LENGTH = 3;
const PATH = /^(?:[/\\]|[a-z]:[/\\])/u;
/** A number behind a word is short: what is longer stands for itself, as a year does. */
const NUMBER = /^\d{1,3}$/u;
const LETTERS = /^\p{L}{2,}$/u;
/** Of a word and its number: nothing or one of these between them, so many zeros before the number, and one of these after it. */
const BETWEEN = ['', ' ', '_', '-', '.'];
const ZEROS = ['', '0', '00', '000'];
const AFTER = ['/', '\\', ' ', '_', '-', '.', '\n'];

/**
 * What a search looks for: its words, in any order, parted by spaces, commas and slashes. A path from the root stays one.
 * A number belongs to the word before it: `day 3`. Phones put a space behind what they complete.
 */
export function wordsOf(q: string): string[] {
  const words: string[] = [];
  for (const word of folded(q).split(/\s+/u).flatMap(partsOf)) {
    const before = words.at(-1);
    if (before !== undefined && LETTERS.test(before) && NUMBER.test(word))
      words[words.length - 1] = `${before} ${word}`;
    else if (word !== '') words.push(word);
  }
  return [...new Set(words)];
}

function partsOf(word: string): string[] {
  return PATH.test(word) ? [word.replace(/[,;]+$/u, '')] : word.split(/[,;/\\]+/u);
}

/** Whether a folded text has a word in it. */
export function holdsWord(text: string, word: string): boolean {
  const { literal, letters, number } = readingOf(word);
  if (literal !== null && text.includes(literal)) return true;
  if (number === null) return false;
  const whole =
    letters === '' ? `(?<!\\d)0*${number}(?!\\d)` : `${letters}${BEFORE}${number}${END}`;
  return new RegExp(whole, 'u').test(text);
}

const BEFORE = '[ _.-]?0{0,3}';
const END = String.raw`(?=[/\\ _\-.\n]|$)`;

interface Reading {
  /** Found as any part of a text. */
  literal: string | null;
  /** With a number: found with it as a whole number, whatever zeros it is written with. */
  letters: string;
  number: string | null;
}

/** `day 3` is `day3` and `day03`, not `day30`; `day3` is any of them; `3` alone is no part of `13`. */
function readingOf(word: string): Reading {
  const [, letters, space, digits] = /^(\p{L}{2,})( ?)(\d+)$/u.exec(word) ?? [];
  if (letters !== undefined && digits !== undefined)
    return { literal: space === ' ' ? null : word, letters, number: bare(digits) };
  if (/^\d{1,2}$/u.test(word)) return { literal: null, letters: '', number: bare(word) };
  return { literal: word, letters: '', number: null };
}

function bare(digits: string): string {
  return digits.replace(/^0+(?=\d)/u, '');
}

/**
 * A word that full-text search can't ask for: what a text must have in it at least, and patterns of GLOB, of which the text in
 * small letters with a space at either end must match one to have it; `literal` is `null` for any other word.
 */
export function goneThrough(word: string): { literal: string | null; patterns: string[] } {
  const { letters, number } = readingOf(word);
  if (number === null)
    return lengthOf(word) < WORD_LENGTH
      ? { literal: word, patterns: [`*${word.replaceAll(/[*?[]/gu, '[$&]')}*`] }
      : { literal: null, patterns: [] };
  if (letters !== '') return { literal: null, patterns: [] };
  const patterns = ZEROS.map((zeros) => `*[^0-9]${zeros}${number}[^0-9]*`);
  return { literal: number, patterns };
}

/** The words as FTS5 asks for them; `null` when all are too short. */
export function matchOf(words: readonly string[]): string | null {
  const terms = words.flatMap(termsOf);
  return terms.length === 0 ? null : terms.join(' AND ');
}

function termsOf(word: string): string[] {
  const { literal, letters, number } = readingOf(word);
  if (number === null || letters === '')
    return pathTermsOf(word).flatMap((term) => (lengthOf(term) < WORD_LENGTH ? [] : quoted(term)));
  const forms = BETWEEN.flatMap((between) =>
    ZEROS.flatMap((zeros) => AFTER.map((after) => `${letters}${between}${zeros}${number}${after}`)),
  );
  const all = new Set(literal === null ? forms : [literal, ...forms]);
  return [`(${Array.from(all, quoted).join(' OR ')})`];
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
