import { MAX_JOBSPEC_BYTES } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import { JobFailure } from '../failure/job-failure.ts';

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

/**
 * The text of a JobSpec file, without BOM.
 *
 * @throws {JobFailure} `InvalidJsonError` when the file is too large, is UTF-16 or is not UTF-8.
 */
export function decode(bytes: Uint8Array): string {
  if (bytes.length > MAX_JOBSPEC_BYTES) throw invalidJson(say.tooLarge());
  if (isUtf16(bytes)) throw invalidJson(say.utf16());
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw notUtf8(bytes, cause);
  }
}

/** JSON begins with an ASCII character, so in UTF-16 a BOM or a zero byte is among the first two. */
const isUtf16 = ([first, second]: Uint8Array) =>
  (first === 0xff && second === 0xfe) ||
  (first === 0xfe && second === 0xff) ||
  (first === 0) !== (second === 0);

/** What a lenient decoder replaces does not come out as it went in: the first such byte is the bad one. */
function notUtf8(bytes: Uint8Array, cause: unknown) {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const bad = new TextEncoder().encode(lenient).findIndex((byte, i) => byte !== bytes[i]);
  const before = new TextDecoder().decode(bytes.subarray(0, bad));
  return invalidJson(say.notUtf8(), placeAfter(before), cause);
}

function placeAfter(text: string): TextPosition {
  let line = 1;
  let lineStart = 0;
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\r|\n/g)) {
    line += 1;
    lineStart = index + lineBreak.length;
  }
  return { line, column: text.length - lineStart + 1 };
}

/** Line and column, counted from 1; a column is one UTF-16 code unit, as in editors. */
export interface TextPosition {
  line: number;
  column: number;
}

/** A failure whose sentence ends with the place, which is also in its only violation. */
export function invalidJson(detail: string, place?: TextPosition, cause?: unknown): JobFailure {
  const violations = [{ path: '', message: detail, ...place }];
  return new JobFailure('invalid_json', { detail, ...place }, { violations, cause });
}

/** Nothing of the text is repeated: what is no JSON may be any file of the runner's user, and its first word a password. */
const SENTENCES = {
  word: 'what stands there is not a JSON value; strings and keys need double quotes',
  number: 'a number is incomplete',
  key: 'a key in double quotes is expected',
  value: 'a value is expected',
  colon: 'a colon is expected after the key',
  comma: 'a comma or the closing bracket is expected',
  end: 'nothing may follow the JSON object',
  comment: 'comments are not allowed',
  'open string': 'a string is not closed on its line',
  'unicode escape': '\\u must be followed by four hexadecimal digits',
  escape: "a backslash is followed by a character that JSON can't escape",
  'control character': 'a control character must be written as an escape such as \\n',
} as const;

/** What makes a text no JSON: a token that is none, or another one than is expected. */
export type Flaw = keyof typeof SENTENCES;

/**
 * Says what is wrong at a token. A text that ends within a token or before it should was cut off.
 *
 * @param isEnd the token is empty; `isLast`: nothing follows it.
 */
export function sentenceOf(flaw: Flaw, isEnd: boolean, isLast: boolean): string {
  const isCutOff = isEnd || flaw === 'open string' || flaw === 'number';
  return isLast && isCutOff ? say.endsTooEarly() : SENTENCES[flaw];
}
