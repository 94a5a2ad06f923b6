import type { Domain, Triple } from './lut.ts';
import { fault } from './cube-fault.ts';
import { isDecimal } from './decimal.ts';

/** What a file may say before its table: Adobe's keywords, and the ranges of Resolve's form. */
type Keyword =
  | 'TITLE'
  | 'LUT_1D_SIZE'
  | 'LUT_3D_SIZE'
  | 'DOMAIN_MIN'
  | 'DOMAIN_MAX'
  | 'LUT_1D_INPUT_RANGE'
  | 'LUT_3D_INPUT_RANGE';

/** Entries of a side: Adobe allows 65,536 and 256; more than 129 is in no use, and takes 400 MB. */
const SIZES = { LUT_1D_SIZE: [2, 65_536], LUT_3D_SIZE: [2, 129] } as const;
/** Numbers that each keyword takes. */
const COUNTS = { DOMAIN_MIN: 3, DOMAIN_MAX: 3, LUT_1D_INPUT_RANGE: 2, LUT_3D_INPUT_RANGE: 2 };
/** Levels are said in the JobSpec: a file that says others would be obeyed by one program and not by the next. */
const OF_LEVELS = /^LUT_(?:IN|OUT)_(?:VIDEO|FULL|DATA)_RANGE$/;
/** No look reaches farther, and a 32-bit float holds it. */
const LARGEST = 65_504;

/** What stands before the table of a `.cube` file. */
export class CubeHeader {
  readonly #numbers = new Map<Keyword, readonly number[]>();

  /** @throws CubeFault for a line that isn't understood. */
  take(line: string, at: number): void {
    const [name = '', ...words] = line.split(/[ \t]+/);
    if (OF_LEVELS.test(name))
      throw fault(at, `${name} states levels; remove the line and say lut_range in the JobSpec`);
    if (!isKeyword(name)) throw fault(at, 'it begins with no keyword of a .cube file');
    if (this.#numbers.has(name)) throw fault(at, `${name} comes twice`);
    this.#numbers.set(name, name === 'TITLE' ? [] : numbersOf(name, words, at));
  }

  /** Entries of the curves and of a side of the cube; 0 where there are none. */
  get sizes(): { curves: number; cube: number } {
    const [curves = 0] = this.#numbers.get('LUT_1D_SIZE') ?? [];
    const [cube = 0] = this.#numbers.get('LUT_3D_SIZE') ?? [];
    return { curves, cube };
  }

  /**
   * The domains of both tables.
   *
   * @param at the line of the first entry. @throws CubeFault for what contradicts itself.
   */
  domains(at: number): { curves: Domain; cube: Domain } {
    const { curves, cube } = this.sizes;
    if (curves === 0 && cube === 0)
      throw fault(at, 'LUT_1D_SIZE or LUT_3D_SIZE must come before the table');
    const isAdobe = this.#numbers.has('DOMAIN_MIN') || this.#numbers.has('DOMAIN_MAX');
    const ranges = (['LUT_1D_INPUT_RANGE', 'LUT_3D_INPUT_RANGE'] as const).filter((name) =>
      this.#numbers.has(name),
    );
    if (ranges.some((name) => !this.#agrees(name)))
      throw fault(at, `DOMAIN_MIN or DOMAIN_MAX says another input range than ${ranges[0]}`);
    if (isAdobe && curves > 0 && cube > 0)
      throw fault(at, 'with two tables, DOMAIN_MIN and DOMAIN_MAX don’t say which one is meant');
    if (ranges.includes('LUT_1D_INPUT_RANGE') && curves === 0)
      throw fault(at, 'LUT_1D_INPUT_RANGE is given without LUT_1D_SIZE');
    if (ranges.includes('LUT_3D_INPUT_RANGE') && cube === 0)
      throw fault(at, 'LUT_3D_INPUT_RANGE is given without LUT_3D_SIZE');
    return {
      curves: this.#domain('LUT_1D_INPUT_RANGE', at),
      cube: this.#domain('LUT_3D_INPUT_RANGE', at),
    };
  }

  /** Whether what Adobe's keywords say of the input range is what this one says. */
  #agrees(range: 'LUT_1D_INPUT_RANGE' | 'LUT_3D_INPUT_RANGE'): boolean {
    const said = this.#numbers.get(range) ?? [];
    return (['DOMAIN_MIN', 'DOMAIN_MAX'] as const).every((name, end) =>
      (this.#numbers.get(name) ?? []).every((value) => value === said[end]),
    );
  }

  #domain(range: 'LUT_1D_INPUT_RANGE' | 'LUT_3D_INPUT_RANGE', at: number): Domain {
    const [low = 0, high = 1] = this.#numbers.get(range) ?? [];
    const min = (this.#numbers.get('DOMAIN_MIN') as Triple | undefined) ?? [low, low, low];
    const max = (this.#numbers.get('DOMAIN_MAX') as Triple | undefined) ?? [high, high, high];
    if (min.some((value, channel) => value >= (max[channel] as number)))
      throw fault(at, 'the input range ends before it begins');
    return { min, max };
  }
}

/** Three numbers, or as many as are wanted, each a decimal number. @throws CubeFault */
export function numbersIn(words: readonly string[], count: number, at: number): number[] {
  if (words.length !== count) throw fault(at, `${count} numbers are expected, not ${words.length}`);
  return words.map((word, index) => {
    const value = Number(word);
    if (!isDecimal(word)) throw fault(at, `number ${index + 1} is no decimal number`);
    if (!(Math.abs(value) <= LARGEST)) throw fault(at, `number ${index + 1} is too large`);
    return value;
  });
}

function isKeyword(name: string): name is Keyword {
  return name === 'TITLE' || Object.hasOwn(SIZES, name) || Object.hasOwn(COUNTS, name);
}

function numbersOf(name: Exclude<Keyword, 'TITLE'>, words: readonly string[], at: number) {
  if (name !== 'LUT_1D_SIZE' && name !== 'LUT_3D_SIZE') return numbersIn(words, COUNTS[name], at);
  const [least, most] = SIZES[name];
  const [word = ''] = words;
  const size = Number(word);
  if (words.length !== 1 || !/^\d+$/.test(word) || size < least || size > most)
    throw fault(at, `${name} must be a whole number from ${least} to ${most}`);
  return [size];
}
