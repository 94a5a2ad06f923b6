import { invalidJson, type TextPosition } from './invalid-json.ts';
import { sentenceOf, type Flaw } from './syntax-error.ts';

const code = (character: string) => character.charCodeAt(0);
const [TAB, LINE_FEED, RETURN, SPACE] = [code('\t'), code('\n'), code('\r'), code(' ')];
const [QUOTE, BACKSLASH, SLASH, STAR] = [code('"'), code('\\'), code('/'), code('*')];
const [MINUS, PLUS, POINT, ZERO, NINE] = [code('-'), code('+'), code('.'), code('0'), code('9')];
const WORDS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

export type TokenKind = '{' | '}' | '[' | ']' | ':' | ',' | 'string' | 'literal' | 'end';

/**
 * Cuts a text into the tokens of JSON (RFC 8259). Nothing is kept of what lies behind: not of white space, however long, and
 * not of strings. A string is read by `JSON.parse` once its end is known.
 */
export class Tokens {
  kind: TokenKind = 'end';
  /** Of a string or literal. */
  value: unknown;
  /** Where the token begins, in UTF-16 code units. */
  start = 0;
  #end = 0;
  #line = 1;
  #lineStart = 0;

  constructor(private readonly text: string) {}

  /** Line and column where the token begins. */
  get place(): TextPosition {
    return { line: this.#line, column: this.start - this.#lineStart + 1 };
  }

  /** Goes on to the next token. @throws {JobFailure} `InvalidJsonError` for what is not a token. */
  next(): TokenKind {
    this.#skipWhiteSpace();
    this.start = this.#end;
    this.kind = this.#scan();
    return this.kind;
  }

  /** The failure to report at this token. */
  fail(flaw: Flaw) {
    const isLast = this.#end >= this.text.length;
    return invalidJson(sentenceOf(flaw, this.start === this.#end, isLast), this.place);
  }

  #skipWhiteSpace(): void {
    for (; ; this.#end += 1) {
      const unit = this.text.charCodeAt(this.#end);
      if (unit === SPACE || unit === TAB) continue;
      if (unit !== LINE_FEED && unit !== RETURN) return;
      if (unit === RETURN && this.text.charCodeAt(this.#end + 1) === LINE_FEED) this.#end += 1;
      this.#line += 1;
      this.#lineStart = this.#end + 1;
    }
  }

  #scan(): TokenKind {
    const character = this.text[this.start];
    switch (character) {
      case undefined:
        return 'end';
      case '{':
      case '}':
      case '[':
      case ']':
      case ':':
      case ',':
        this.#end += 1;
        return character;
      case '"':
        return this.#scanString();
      default:
        return this.#scanLiteral();
    }
  }

  #scanString(): TokenKind {
    let flaw: Flaw | null = null;
    let isEscaped = false;
    for (this.#end += 1; ; this.#end += 1) {
      const unit = this.text.charCodeAt(this.#end);
      if (Number.isNaN(unit) || unit === LINE_FEED || unit === RETURN)
        throw this.fail('open string');
      if (unit === QUOTE) break;
      if (unit === BACKSLASH) {
        isEscaped = true;
        flaw = this.#skipEscape() ?? flaw;
      } else if (unit < SPACE) flaw = 'control character';
    }
    this.#end += 1;
    if (flaw !== null) throw this.fail(flaw);
    this.value = isEscaped
      ? JSON.parse(this.text.slice(this.start, this.#end))
      : this.text.slice(this.start + 1, this.#end - 1);
    return 'string';
  }

  /** Goes from a backslash to the last character of its escape. */
  #skipEscape(): Flaw | null {
    this.#end += 1;
    const character = this.text[this.#end];
    if (character === undefined) throw this.fail('open string');
    if ('"\\/bfnrt'.includes(character)) return null;
    if (character !== 'u') return 'escape';
    for (let digits = 0; digits < 4; digits += 1) {
      if (!/[\da-f]/i.test(this.text[this.#end + 1] ?? '')) return 'unicode escape';
      this.#end += 1;
    }
    return null;
  }

  #scanLiteral(): TokenKind {
    const unit = this.text.charCodeAt(this.start);
    if (unit === SLASH) this.#failAtSlash();
    const digitAt = unit === MINUS ? this.start + 1 : this.start;
    if (this.#isDigit(digitAt)) {
      this.#scanNumber(digitAt);
      this.value = Number(this.text.slice(this.start, this.#end));
      return 'literal';
    }
    this.#end = unit === MINUS ? this.start + 1 : endOfWord(this.text, this.start);
    const word = this.text.slice(this.start, this.#end);
    if (!WORDS.has(word)) throw this.fail('word');
    this.value = WORDS.get(word);
    return 'literal';
  }

  #scanNumber(digitAt: number): void {
    this.#end = digitAt + 1;
    if (this.text.charCodeAt(digitAt) !== ZERO) this.#skipDigits();
    if (this.text.charCodeAt(this.#end) === POINT) {
      this.#end += 1;
      this.#expectDigits();
    }
    if (/[eE]/.test(this.text[this.#end] ?? '')) {
      this.#end += 1;
      const sign = this.text.charCodeAt(this.#end);
      if (sign === PLUS || sign === MINUS) this.#end += 1;
      this.#expectDigits();
    }
  }

  #expectDigits(): void {
    if (!this.#isDigit(this.#end)) throw this.fail('number');
    this.#skipDigits();
  }

  #skipDigits(): void {
    while (this.#isDigit(this.#end)) this.#end += 1;
  }

  #isDigit(offset: number): boolean {
    const unit = this.text.charCodeAt(offset);
    return unit >= ZERO && unit <= NINE;
  }

  #failAtSlash(): never {
    this.#end = this.start + 1;
    const unit = this.text.charCodeAt(this.#end);
    throw this.fail(unit === SLASH || unit === STAR ? 'comment' : 'word');
  }
}

/** What is neither white space nor punctuation is taken for one word. */
function endOfWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && !' \t\n\r{}[]":,/'.includes(text[end] ?? '')) end += 1;
  return end;
}
