const ACCENTS = /[\u0300-\u036f]/gu;
/** A number, or letters and signs between separators. */
const TOKENS = /\p{N}+|[^\p{N}\s/\\_.,;:-]+/gu;
/** A longer number is no count: any part of it may be looked for. */
const COUNT_DIGITS = 3;

/** A name as searches see it: ` a 1 c 3 ` for `A001C003`. Case, accents, separators and zeros before a number don't count. */
export function searchText(name: string): string {
  return ` ${tokensOf(name).join(' ')} `;
}

/** What a search asks for. */
export interface Search {
  /** Each stands in the {@link searchText} of what is found. */
  parts: string[];
  /** Cards that were called so: `card C001`. */
  cards: string[];
  /** Each word as a whole name, which may be that of a card. */
  names: string[];
}

/** Takes apart what somebody typed. Words stand in any order; a number after a space belongs to the word before it: `day 3` is `day3`. */
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

/** Without the end that makes a number whole: `r01` finds `R0123` too. */
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
