const ACCENTS = /[\u0300-\u036f]/gu;
/** A number, or a run of other characters between separators. */
const TOKENS = /\p{N}+|[^\p{N}\s/\\_.,;:-]+/gu;
/** Most digits of a number that only matches as a whole; a longer number matches in part, too. */
const COUNT_DIGITS = 3;

/** Normalized name for searches: ` a 1 c 3 ` for `A001C003`. Ignores case, accents, separators and leading zeros. */
export function searchText(name: string): string {
  return ` ${tokensOf(name).join(' ')} `;
}

/** Parsed search. */
export interface Search {
  /** Each must occur in the {@link searchText} of a match. */
  parts: string[];
  /** Names of cards given as `card C001`. */
  cards: string[];
  /** Words that may each be the full name of a card. */
  names: string[];
}

/** Parses search input. Words match in any order; a number after a space belongs to the word before it: `day 3` is `day3`. */
export function searchOf(q: string): Search {
  const typed = q.replaceAll(/(\p{L})[\s_-]+(\d{1,3})(?![\d\p{L}])/gu, '$1$2');
  const cards: string[] = [];
  const rest = typed.replaceAll(/(?<!\S)card\s+([^\s,]+)/giu, (_, name: string) => {
    cards.push(searchText(name));
    return ' ';
  });
  const words = rest.split(/[\s,;/\\_.:-]+/u).filter((word) => word !== '');
  return {
    parts: words.map(partOf),
    cards,
    names: rest.split(/[\s,;/\\]+/u).flatMap((name) => (name === '' ? [] : searchText(name))),
  };
}

/** Part without the end marker that makes a number match whole: `r01` also finds `R0123`. */
export function beginningOf(part: string): string {
  return part.trimEnd().padEnd(3);
}

function partOf(word: string): string {
  const tokens = tokensOf(word);
  const [first = '', last = ''] = [tokens[0], tokens.at(-1)];
  const letters = Array.from(first).length;
  const isShort = letters < COUNT_DIGITS && tokens.length === 1;
  const before = isShort || isCount(first) ? ' ' : '';
  const after = isCount(last) || (isShort && letters === 1) ? ' ' : '';
  return before + tokens.join(' ') + after;
}

function isCount(token: string): boolean {
  return /^\p{N}/u.test(token) && token.length <= COUNT_DIGITS;
}

function tokensOf(text: string): string[] {
  const tokens = folded(text).match(TOKENS) ?? [];
  return tokens.map((token) => token.replace(/^0+(?=\d)/u, ''));
}

function folded(text: string): string {
  const small = text.toLowerCase();
  if (/^[\0-\x7f]*$/u.test(small)) return small;
  return small.normalize('NFD').replaceAll(ACCENTS, '').normalize('NFC').replaceAll('ß', 'ss');
}
