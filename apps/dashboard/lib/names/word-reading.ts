import { folded } from './words.ts';

/** A part of a word: letters, digits, or what parts them. */
type Run = { kind: 'letters' | 'digits' | 'between'; text: string };

/** Letters with the number behind them, without zeros before it; or a part that is looked for as it is. */
export type Piece = { letters: string; number: string } | { literal: string };

/** How a word of a search may stand in a name. */
export interface Reading {
  /** Found as any part of a text. */
  literal: string | null;
  /** Found as it is where no other digit follows; `null` for any other word. */
  whole: string | null;
  /** All of these are in a text that has it otherwise, written with other zeros and other signs between: `[]` when there is no other way. */
  pieces: readonly Piece[];
  /** Exactly so; `null` when there is no other way. */
  pattern: RegExp | null;
  /** A number alone, without zeros before it. */
  number: string | null;
}

const BETWEEN = '[ _.-]?';
/** What ends a number behind a whole word; behind a letter anything does but a digit. */
const END = String.raw`(?=[/\\ _\-.\n]|$)`;
const RUNS = /(?<letters>\p{L}+)|(?<digits>\d+)|(?<between>[ _.-])/gu;
/** Scripts that part no words. */
const UNPARTED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const MADE_OF_RUNS = /^(?:\p{L}|\d|[ _.-])+$/u;
/** A number behind a word is short: what is longer stands for itself, as a year does. */
const SHORT = 3;

/**
 * `day 3` is `day3`, `day_03` and `Day-3`, not `day30`; so is `day3`. `C3` is `C003`, `A001C3` and `A001-C003` are `A001_C003`.
 * `3` alone is no part of `13`.
 */
export function readingOf(word: string): Reading {
  const known = readings.get(word);
  if (known !== undefined) return known;
  if (readings.size >= MOST_READINGS) readings.clear();
  const reading = read(word);
  readings.set(word, reading);
  return reading;
}

/** Each word is asked for once for every clip that is looked through. */
const readings = new Map<string, Reading>();
const MOST_READINGS = 200;

function read(word: string): Reading {
  const plain = { literal: word, whole: null, pieces: [], pattern: null, number: null };
  if (/^\d{1,2}$/u.test(word)) {
    const number = bare(word);
    return {
      ...plain,
      literal: null,
      pattern: new RegExp(`(?<!\\d)0*${number}(?!\\d)`, 'u'),
      number,
    };
  }
  const runs = MADE_OF_RUNS.test(word) ? runsOf(word) : [];
  const pieces = piecesOf(runs);
  const isOther = pieces.some((piece) => 'letters' in piece) || isParted(runs);
  if (runs[0]?.kind !== 'letters' || pieces.length === 0 || !isOther) return plain;
  const isWhole = endsWithNumber(runs);
  return {
    literal: isWhole ? null : literalOf(word, runs),
    whole: isWhole && !isPair(runs) && !isLetter(runs) ? word : null,
    pieces,
    pattern: patternOf(runs),
    number: null,
  };
}

function runsOf(word: string): Run[] {
  return Array.from(word.matchAll(RUNS), ({ 0: text, groups = {} }) => {
    const kind =
      groups['letters'] !== undefined
        ? 'letters'
        : groups['digits'] !== undefined
          ? 'digits'
          : 'between';
    return { kind, text };
  });
}

/** Letters and their number need no sign between them; what is told by other signs is found with those of a name. */
function isParted(runs: readonly Run[]): boolean {
  return (
    runs.some(({ kind, text }) => kind === 'between' && text !== '.') &&
    runs.some(({ kind }) => kind === 'digits')
  );
}

/** A word and its number, written apart, are not to be found in a longer number. So is what is too short to be asked for. */
function literalOf(word: string, runs: readonly Run[]): string | null {
  return isPair(runs) || word.length < SHORT ? null : word;
}

function isPair(runs: readonly Run[]): boolean {
  return runs.length === 3 && runs[1]?.kind === 'between' && isShort(runs[2]);
}

/** `C3` has other signs behind it anyway. */
function isLetter(runs: readonly Run[]): boolean {
  return runs.length === 2 && runs[0]?.text.length === 1;
}

/** `day3` is not to be found in `day30`. What is still being typed may end with zeros: `A00`. */
function endsWithNumber(runs: readonly Run[]): boolean {
  const [before, last] = runs.slice(-2);
  return (
    before?.kind === 'letters' &&
    isShort(last) &&
    bare(last.text) !== '0' &&
    !isInFull(before.text, last.text)
  );
}

function isShort(run: Run | undefined): run is Run & { kind: 'digits' } {
  return run?.kind === 'digits' && run.text.length <= SHORT;
}

/** A letter with three digits is a card or a clip, written in full. */
function isInFull(letters: string, digits: string): boolean {
  return letters.length === 1 && digits.length === SHORT;
}

function piecesOf(runs: readonly Run[]): Piece[] {
  const pieces: Piece[] = [];
  const told = runs.filter(({ kind }) => kind !== 'between');
  for (let at = 0; at < told.length; at += 1) {
    const [run, next] = [told[at], told[at + 1]];
    if (run?.kind === 'letters' && isShort(next)) {
      at += 1;
      if (isInFull(run.text, next.text)) pieces.push({ literal: run.text + next.text });
      else pieces.push({ letters: run.text, number: bare(next.text) });
    } else if (run !== undefined && run.text.length >= SHORT) pieces.push({ literal: run.text });
  }
  return pieces;
}

function patternOf(runs: readonly Run[]): RegExp {
  const [first, last] = [runs[0], runs.at(-1)];
  const isWord = runs.every(({ kind, text }) => kind !== 'letters' || text.length > 1);
  const parts = runs.map((run, at) => {
    if (run.kind === 'between') return BETWEEN;
    const before = at > 0 && runs[at - 1]?.kind !== 'between' ? gapOf(runs[at - 1], run) : '';
    return before + (isShort(run) ? `0{0,3}${bare(run.text)}(?!\\d)` : run.text);
  });
  const isAlone = first?.text.length === 1 && !UNPARTED.test(first.text);
  const begin = isAlone ? String.raw`(?<!\p{L})` : '';
  return new RegExp(begin + parts.join('') + (isWord && isShort(last) ? END : ''), 'u');
}

/** Of a single letter and its number nothing is between. */
function gapOf(before: Run | undefined, run: Run): string {
  return run.kind === 'digits' && before?.text.length === 1 ? '' : BETWEEN;
}

function bare(digits: string): string {
  return digits.replace(/^0+(?=\d)/u, '');
}

/** What people say before the name of a card or a clip, and names do not have. */
const SAID = new Set([
  'card',
  'reel',
  'roll',
  'mag',
  'magazine',
  'tape',
  'clip',
  'camera',
  'cam',
  'day',
]);
const NAME = /\d|^\p{L}{1,3}$/u;

/** Words without those that only say of what kind the next one is: `card A001`. */
export function withoutKinds(words: readonly string[]): string[] {
  return words.filter((word, at) => {
    const next = words[at + 1];
    return next === undefined || !(word === 'job' || (SAID.has(folded(word)) && NAME.test(next)));
  });
}
