import { createHash } from 'node:crypto';
import { LARGEST_CODE } from './look.ts';
import type { CubeStep, CurvesStep, LookStep } from './steps.ts';

/** A file that filters read. Its name follows from what is in it. */
export interface FilterFile {
  /** Absolute. */
  path: string;
  /** Bytes that it has at most. */
  mostBytes: number;
  content: () => Iterable<string | Uint8Array>;
}

/** A step of a look that FFmpeg reads from a file. */
export type TableStep = CurvesStep | CubeStep;

export function isTable(step: LookStep): step is TableStep {
  return step.kind !== 'limit';
}

/** Of tables that are in use: the hash is that of all their numbers. */
const names = new WeakMap<TableStep, string>();

/** The name of the file of a table: the same for the same table, and safe everywhere. A table doesn't change once it has a name. */
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

/** FFmpeg cuts fractions of a code off: half a code more makes it round. */
const HALF = 0.5;
const ROWS_AT_ONCE = 4096;

/** The text of a table, in pieces, in the form that FFmpeg reads: one size, one row a line, from 0 to 1. */
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

/** Nine digits with a sign, a point, an exponent or zeros, and a blank. */
const MOST_CHARACTERS = 18;

/** Bytes that the text of a table has at most. */
export function tableBytes(step: TableStep): number {
  return 64 + MOST_CHARACTERS * numbersOf(step).length;
}

function numbersOf(step: TableStep): Uint16Array | Float32Array {
  return step.kind === 'curves' ? step.codes : step.cube.values;
}

/** Nine digits give every 32-bit float back. */
function written(code = 0): string {
  return ((code + HALF) / LARGEST_CODE).toPrecision(9);
}
