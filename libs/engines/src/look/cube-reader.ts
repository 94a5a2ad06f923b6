import { createHash } from 'node:crypto';
import { LineSplitter } from '../media/index.ts';
import { ShowLut } from './look.ts';
import type { Domain, Lut, Triple } from './lut.ts';

/**
 * Fault of a `.cube` file, as part of a sentence about it. It quotes only keywords: a JobSpec may name any file that the runner's
 * user can read, and others read the results.
 */
export class CubeFault extends Error {
  override readonly name = 'CubeFault';
}

/**
 * Least and most entries per side: Adobe allows up to 65,536 in 1D and 256 in 3D; 3D sizes above 129 are not in use, and take up
 * to 400 MB.
 */
const SIZES = { LUT_1D_SIZE: [2, 65_536], LUT_3D_SIZE: [2, 129] } as const;
/** Number of values per keyword, of Adobe's form and of Resolve's input ranges. */
const COUNTS = {
  TITLE: 0,
  LUT_1D_SIZE: 1,
  LUT_3D_SIZE: 1,
  DOMAIN_MIN: 3,
  DOMAIN_MAX: 3,
  LUT_1D_INPUT_RANGE: 2,
  LUT_3D_INPUT_RANGE: 2,
} as const;
type Keyword = keyof typeof COUNTS;
/** Keywords for levels. They are refused because only some programs obey them; the JobSpec says the levels instead. */
const LEVEL_KEYWORD = /^LUT_(?:IN|OUT)_(?:VIDEO|FULL|DATA)_RANGE$/;
/** Largest value, beyond any look; a 32-bit float holds it. */
const LARGEST = 65_504;
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Largest file in bytes: a cube of 129 with nine digits a number takes 77 MB. */
const MAX_CUBE_BYTES = 128 * 1024 * 1024;
/** Longest line in characters, comments excepted. Adobe allows 250. */
const LONGEST_LINE = 250;
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';
const UTF_16_MARK = /^(?:\u00ff\u00fe|\u00fe\u00ff)/;
const ROW = /^[-+.\d]/;
// oxlint-disable-next-line eslint/no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** @param bytes size of a file. @throws CubeFault if it is too large to be read. */
function checkCubeSize(bytes: number): void {
  if (bytes > MAX_CUBE_BYTES)
    throw new CubeFault(`it is larger than ${MAX_CUBE_BYTES / 1024 / 1024} MiB`);
}

/**
 * Reads a `.cube` file and takes its hash. Returns the first fault, if any.
 *
 * @param bytes size of the file; a file that is too large isn't read.
 * @param read hands over the file in chunks. Its errors are passed on.
 */
export async function readLut(
  bytes: number,
  read: (onPart: (part: Uint8Array) => void) => Promise<unknown>,
): Promise<ShowLut | CubeFault> {
  const hash = createHash('sha256');
  const reader = new CubeReader();
  try {
    checkCubeSize(bytes);
    await read((part) => {
      hash.update(part);
      reader.take(part);
    });
    return new ShowLut(hash.digest('hex'), reader.finish());
  } catch (error) {
    if (error instanceof CubeFault) return error;
    throw error;
  }
}

/**
 * Parses a `.cube` file in chunks: Adobe's form (Cube LUT Specification 1.0) with a 1D or a 3D table, and Resolve's, in which
 * curves may come before a cube and ranges have other names. Unknown lines are refused, never skipped: programs read them
 * differently, and the look would differ.
 */
export class CubeReader {
  readonly #header = new CubeHeader();
  readonly #lines = new LineSplitter((line) => this.#take(line), LONGEST_LINE + 1);
  #line = 0;
  #bytes = 0;
  #domains: { curves: Domain; cube: Domain } | null = null;
  #values = new Float32Array(0);
  #filled = 0;

  /** @throws CubeFault at the first line that can't be parsed. */
  take(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    checkCubeSize(this.#bytes);
    this.#lines.take(chunk);
  }

  /** Complete table. @throws CubeFault if entries are missing. */
  finish(): Lut {
    const last = this.#lines.rest();
    if (last !== '') this.#take(last);
    if (this.#domains === null) throw new CubeFault('it holds no table');
    const { curves, cube } = this.#header.sizes;
    if (this.#filled < this.#values.length)
      throw new CubeFault(
        `it ends after ${this.#filled / 3} of ${this.#values.length / 3} entries`,
      );
    const [first, second] = [this.#values.slice(0, 3 * curves), this.#values.slice(3 * curves)];
    return {
      curves: curves === 0 ? null : { size: curves, domain: this.#domains.curves, values: first },
      cube: cube === 0 ? null : { size: cube, domain: this.#domains.cube, values: second },
    };
  }

  #take(raw: string): void {
    this.#line += 1;
    if (this.#line === 1 && UTF_16_MARK.test(raw))
      throw fault(1, 'the text is UTF-16; save the file as UTF-8');
    const line = (this.#line === 1 ? withoutMark(raw) : raw).trim();
    if (line.startsWith('#')) return;
    if (raw.length > LONGEST_LINE) throw fault(this.#line, 'the line is too long');
    if (CONTROL.test(line)) throw fault(this.#line, 'it holds characters that are no text');
    if (line === '') return;
    if (ROW.test(line)) this.#takeRow(line);
    else if (this.#domains === null) this.#header.take(line, this.#line);
    else throw fault(this.#line, 'a keyword can’t come after the table has begun');
  }

  #takeRow(line: string): void {
    this.#domains ??= this.#begin();
    if (this.#filled >= this.#values.length)
      throw fault(this.#line, `the table has more than ${this.#values.length / 3} entries`);
    this.#values.set(numbersIn(line.split(/[ \t]+/), 3, this.#line), this.#filled);
    this.#filled += 3;
  }

  #begin() {
    const domains = this.#header.domains(this.#line);
    const { curves, cube } = this.#header.sizes;
    this.#values = new Float32Array(3 * (curves + cube ** 3));
    return domains;
  }
}

function withoutMark(line: string): string {
  return line.startsWith(BYTE_ORDER_MARK) ? line.slice(BYTE_ORDER_MARK.length) : line;
}

/** Header of a `.cube` file. */
class CubeHeader {
  readonly #numbers = new Map<Keyword, readonly number[]>();

  /** @throws CubeFault for a line that can't be parsed. */
  take(line: string, at: number): void {
    const [name = '', ...words] = line.split(/[ \t]+/);
    if (LEVEL_KEYWORD.test(name))
      throw fault(at, `${name} states levels; remove the line and say lut_range in the JobSpec`);
    if (!isKeyword(name)) throw fault(at, 'it begins with no keyword of a .cube file');
    if (this.#numbers.has(name)) throw fault(at, `${name} comes twice`);
    this.#numbers.set(name, name === 'TITLE' ? [] : numbersOf(name, words, at));
  }

  /** Entries of the curves and of a side of the cube; 0 for none. */
  get sizes(): { curves: number; cube: number } {
    const [curves = 0] = this.#numbers.get('LUT_1D_SIZE') ?? [];
    const [cube = 0] = this.#numbers.get('LUT_3D_SIZE') ?? [];
    return { curves, cube };
  }

  /**
   * Domains of both tables.
   *
   * @param at the line of the first entry.
   * @throws CubeFault for contradictions.
   */
  domains(at: number): { curves: Domain; cube: Domain } {
    const { curves, cube } = this.sizes;
    if (curves === 0 && cube === 0)
      throw fault(at, 'LUT_1D_SIZE or LUT_3D_SIZE must come before the table');
    const isAdobe = this.#numbers.has('DOMAIN_MIN') || this.#numbers.has('DOMAIN_MAX');
    if (isAdobe && curves > 0 && cube > 0)
      throw fault(at, 'with two tables, DOMAIN_MIN and DOMAIN_MAX don’t say which one is meant');
    return { curves: this.#domain('1D', at), cube: this.#domain('3D', at) };
  }

  #domain(kind: '1D' | '3D', at: number): Domain {
    const range = this.#numbers.get(`LUT_${kind}_INPUT_RANGE`);
    if (range !== undefined && !this.#numbers.has(`LUT_${kind}_SIZE`))
      throw fault(at, `LUT_${kind}_INPUT_RANGE is given without LUT_${kind}_SIZE`);
    const [low = 0, high = 1] = range ?? [];
    const min = this.#numbers.get('DOMAIN_MIN') ?? [low, low, low];
    const max = this.#numbers.get('DOMAIN_MAX') ?? [high, high, high];
    if (range !== undefined && (min.some((one) => one !== low) || max.some((one) => one !== high)))
      throw fault(
        at,
        `DOMAIN_MIN or DOMAIN_MAX says another input range than LUT_${kind}_INPUT_RANGE`,
      );
    if (min.some((value, channel) => value >= (max[channel] as number)))
      throw fault(at, 'the input range ends before it begins');
    return { min: min as unknown as Triple, max: max as unknown as Triple };
  }
}

/** @param line counted from 1. */
function fault(line: number, message: string): CubeFault {
  return new CubeFault(`line ${line}: ${message}`);
}

/** True if a word is a number as LUTs and CDLs write it: `-0.5`, `1.`, `.5` or `1e-3`. */
export function isDecimal(word: string): boolean {
  return DECIMAL.test(word);
}

/** Parses an exact number of decimals. @throws CubeFault */
function numbersIn(words: readonly string[], count: number, at: number): number[] {
  if (words.length !== count) throw fault(at, `${count} numbers are expected, not ${words.length}`);
  return words.map((word, index) => {
    const value = Number(word);
    if (!isDecimal(word)) throw fault(at, `number ${index + 1} is no decimal number`);
    if (!(Math.abs(value) <= LARGEST)) throw fault(at, `number ${index + 1} is too large`);
    return value;
  });
}

function isKeyword(name: string): name is Keyword {
  return Object.hasOwn(COUNTS, name);
}

function numbersOf(name: Keyword, words: readonly string[], at: number): number[] {
  if (name !== 'LUT_1D_SIZE' && name !== 'LUT_3D_SIZE') return numbersIn(words, COUNTS[name], at);
  const [least, most] = SIZES[name];
  const [word = ''] = words;
  const size = Number(word);
  if (words.length !== 1 || !/^\d+$/.test(word) || size < least || size > most)
    throw fault(at, `${name} must be a whole number from ${least} to ${most}`);
  return [size];
}
