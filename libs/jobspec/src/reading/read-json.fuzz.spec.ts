import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JobFailure } from '../failure/job-failure.ts';
import { isObject, readJson } from './read-json.ts';

/** The same inputs in each run; another seed tries others. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

/** Values with two levels, which are kept as they are. */
const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const field = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 4 }),
  fc.dictionary(fc.string(), scalar),
);
const document = fc.dictionary(fc.string({ unit: 'binary' }), field, { maxKeys: 6 });

/** JSON text in which something may be wrong: pieces are cut out, doubled or put in. */
const piece = fc.oneof(
  fc.constantFrom('{', '}', '[', ']', ':', ',', '"', '\\', '/', '-', '+', '.', 'e'),
  fc.constantFrom('0', '19', '1e5', '-0', '01', 'null', 'true', 'nul', '//', '/*'),
  fc.constantFrom(' ', '\t', '\n', '\r', '\u00a0', '\ufeff', '\u0001', '\\u', '\\ud83c'),
);
const damaged = fc
  .tuple(document, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), piece), { maxLength: 3 }))
  .map(([value, cuts]) =>
    cuts.reduce(
      (text, [at, length, put]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + put + text.slice(start + length);
      },
      JSON.stringify(value, null, cuts.length),
    ),
  );

function parsed(text: string): unknown {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

function read(text: string): unknown {
  try {
    return { value: plain(readJson(new TextEncoder().encode(text)).value) };
  } catch (error) {
    if (error instanceof JobFailure && error.type === 'InvalidJsonError') return null;
    throw error;
  }
}

/** Maps as objects. */
const plain = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(plain)
    : isObject(value)
      ? Object.fromEntries(Array.from(value, ([key, item]) => [key, plain(item)]))
      : value;

/** Without what this reader does otherwise on purpose. */
const isComparable = (text: string) =>
  !text.startsWith('\ufeff') && !text.includes('__proto__') && !/\p{Surrogate}/u.test(text);

describe('the JSON reader', () => {
  it('reads what JSON.parse reads, and refuses the rest', () => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string(), fc.json({ maxDepth: 2 })), (text) => {
        fc.pre(isComparable(text) && depthOf(text) <= 2);
        expect(read(text)).toEqual(parsed(text));
      }),
      { numRuns: 3000, seed: SEED },
    );
  });

  it('takes no proper beginning of a document for the whole of it', () => {
    fc.assert(
      fc.property(document, fc.nat(), (value, length) => {
        const text = JSON.stringify(value);
        expect(read(text.slice(0, length % text.length))).toBeNull();
      }),
      { seed: SEED },
    );
  });
});

function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const character of text) {
    if (character === '{' || character === '[') most = Math.max(most, (depth += 1));
    else if (character === '}' || character === ']') depth -= 1;
  }
  return most;
}
