import { createHash } from 'node:crypto';
import { LARGEST_CODE } from './look.ts';
import type { CubeStep, CurvesStep, LookStep } from './steps.ts';

/** A file that filters read, named by its content. */
export interface FilterFile {
  /** Absolute. */
  path: string;
  /** Upper bound of its size in bytes. */
  mostBytes: number;
  content: () => Iterable<string | Uint8Array>;
}

/** A step that FFmpeg reads from a file. */
export type TableStep = CurvesStep | CubeStep;

export function isTable(step: LookStep): step is TableStep {
  return step.kind !== 'limit';
}

/** Names of tables in use, each a hash over all numbers of its table. */
const names = new WeakMap<TableStep, string>();

/** File name of a table: equal for equal tables, and safe everywhere. A table must not change once it has a name. */
export function tableName(step: TableStep): string {
  const name = names.get(step) ?? nameOf(step);
  names.set(step, name);
  return name;
}

function nameOf(step: TableStep): string {
  const numbers = numbersOf(step);
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return `${createHash('sha256').update(step.kind).update(bytes).digest('hex').slice(0, 32)}.cube`;
}

/** Half a code, added because FFmpeg truncates fractions. */
const HALF = 0.5;
const ROWS_AT_ONCE = 4096;

/** Text of a table in chunks, as FFmpeg reads it: one size, one row per line, from 0 to 1. */
export function* tableText(step: TableStep): Generator<string> {
  const numbers = numbersOf(step);
  const size = step.kind === 'curves' ? numbers.length / 3 : step.cube.size;
  yield `LUT_${step.kind === 'curves' ? 1 : 3}D_SIZE ${size}\n`;
  for (let from = 0; from < numbers.length; from += 3 * ROWS_AT_ONCE) {
    let rows = '';
    for (let at = from; at < Math.min(from + 3 * ROWS_AT_ONCE, numbers.length); at += 3)
      rows += `${written(numbers[at])} ${written(numbers[at + 1])} ${written(numbers[at + 2])}\n`;
    yield rows;
  }
}

/** Longest number: nine digits with a sign, a point, an exponent or zeros, and a blank. */
const MOST_CHARACTERS = 18;

/** Upper bound of the size of a table's text, in bytes. */
export function tableBytes(step: TableStep): number {
  return 64 + MOST_CHARACTERS * numbersOf(step).length;
}

function numbersOf(step: TableStep): Uint16Array | Float32Array {
  return step.kind === 'curves' ? step.codes : step.cube.values;
}

/** Nine digits, which preserve every 32-bit float. */
function written(code = 0): string {
  return ((code + HALF) / LARGEST_CODE).toPrecision(9);
}
