import type { Violation } from '../failure/violation.ts';
import { MAX_NESTING } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import { decode } from './decode.ts';
import { invalidJson } from './invalid-json.ts';
import { JsonValue } from './json-value.ts';
import { Tokens } from './token.ts';

export interface ReadJson {
  /** As `JsonValue` keeps it: objects are maps. */
  value: unknown;
  /** Keys that are reserved or come twice in one object, at any depth. */
  keyViolations: readonly Violation[];
}

/** What the grammar allows next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or closing' | 'end';

/**
 * Bytes to JSON value in one pass, in memory of a small multiple of the file's size, whatever is in it.
 *
 * @throws {JobFailure} `InvalidJsonError` when the text is not JSON, is too large or nests too deep.
 */
export function readJson(bytes: Uint8Array): ReadJson {
  const text = decode(bytes);
  if (text.trim() === '') throw invalidJson(say.emptyFile(), { line: 1, column: 1 });
  const tokens = new Tokens(text);
  const value = new JsonValue();
  let expected: Expected | null = 'value';
  while (expected !== null) {
    tokens.next();
    expected = STEPS[expected](tokens, value);
  }
  return { value: value.root, keyViolations: value.keyViolations };
}

/** Takes a token; says what is allowed after it, `null` at the end of the text. */
type Step = (tokens: Tokens, value: JsonValue) => Expected | null;

const STEPS: Readonly<Record<Expected, Step>> = {
  value: takeValue,
  'value or ]': (tokens, value) => (tokens.kind === ']' ? close(value) : takeValue(tokens, value)),
  key: takeKey,
  'key or }'(tokens, value) {
    if (tokens.kind === ',') throw tokens.fail('value');
    return tokens.kind === '}' ? close(value) : takeKey(tokens, value);
  },
  ':'(tokens) {
    if (tokens.kind !== ':') throw tokens.fail('colon');
    return 'value';
  },
  ', or closing'(tokens, value) {
    if (tokens.kind === ',') return value.isInArray ? 'value' : 'key';
    if (tokens.kind !== (value.isInArray ? ']' : '}')) throw tokens.fail('comma');
    return close(value);
  },
  end(tokens) {
    if (tokens.kind !== 'end') throw tokens.fail('end');
    return null;
  },
};

function takeValue(tokens: Tokens, value: JsonValue): Expected {
  const { kind } = tokens;
  if (kind === '{' || kind === '[') {
    if (value.depth === MAX_NESTING) throw invalidJson(say.tooDeep(), tokens.place);
    if (kind === '[') value.openArray();
    else value.openObject();
    return kind === '[' ? 'value or ]' : 'key or }';
  }
  if (kind !== 'string' && kind !== 'literal') throw tokens.fail('value');
  value.add(tokens.value);
  return afterValue(value);
}

function takeKey(tokens: Tokens, value: JsonValue): Expected {
  if (tokens.kind !== 'string') throw tokens.fail('key');
  value.key(String(tokens.value), tokens.place);
  return ':';
}

function close(value: JsonValue): Expected {
  value.close();
  return afterValue(value);
}

const afterValue = ({ depth }: JsonValue): Expected => (depth === 0 ? 'end' : ', or closing');
