import type { BurnInToken } from '@app/jobspec';
import {
  rationalToNumber,
  timecodeAfter,
  timecodeCount,
  type Rational,
  type Timecode,
} from '../media/index.ts';

/**
 * A digit that changes from frame to frame. `place` counts from the left of the number, or of the timecode's eight or nine digits.
 */
export interface CountedCell {
  of: 'timecode' | 'frame';
  place: number;
}

/** One cell of a text: a character, or a changing digit. */
export type Cell = string | CountedCell;

/** Values of a clip's tokens; `null` for none. */
export interface TokenValues {
  timecode: Timecode | null;
  rate: Rational;
  /** Digits of a frame number. */
  frameDigits: number;
  texts: Readonly<Record<Exclude<BurnInToken, 'timecode' | 'frame'>, string | null>>;
}

const PARTS = /\{(\w+)\}|[^]/gu;

/**
 * Splits a text into cells.
 *
 * @returns the name of the first token without a value, if any.
 */
export function cellsOf(text: string, values: TokenValues): readonly Cell[] | { lacks: string } {
  const cells: Cell[] = [];
  for (const [part, token] of text.normalize('NFC').matchAll(PARTS)) {
    const filled = token === undefined ? [part] : cellsOfToken(token as BurnInToken, values);
    if (filled === null) return { lacks: token ?? '' };
    cells.push(...filled);
  }
  return cells;
}

function cellsOfToken(token: BurnInToken, values: TokenValues): readonly Cell[] | null {
  if (token === 'frame')
    return Array.from({ length: values.frameDigits }, (_, place) => ({ of: 'frame', place }));
  if (token !== 'timecode') {
    const text = values.texts[token];
    return text === null ? null : Array.from(text.normalize('NFC'));
  }
  const { timecode, rate } = values;
  if (timecode === null) return null;
  let place = 0;
  return Array.from(timecodeDigits(timecode, rate, 0), (character) =>
    /\d/.test(character) ? { of: 'timecode', place: place++ } : character,
  );
}

/** Parameters of a clip's counting digits. */
export interface Counting {
  /** Frames per second: the number of a frame is its PTS at this rate, rounded. */
  rate: Rational;
  /** Timecode of the first frame; `null` if no text shows it. */
  start: Timecode | null;
  frameDigits: number;
}

/** A full timecode: above a hundred frames per second, frames have three digits. */
export function timecodeDigits(start: Timecode, rate: Rational, number: number): string {
  const { hours, minutes, seconds, frames, dropFrame } = timecodeAfter(start, number, rate);
  const clock = [hours, minutes, seconds].map((value) => padded(value, 2)).join(':');
  return `${clock}${dropFrame ? ';' : ':'}${padded(frames, frameWidth(rate))}`;
}

/** Digit of a cell for a frame number. */
export function digitOf(
  { of, place }: CountedCell,
  { rate, start, frameDigits }: Counting,
  number: number,
) {
  const digits =
    of === 'frame' || start === null
      ? padded(number, frameDigits).slice(-frameDigits)
      : timecodeDigits(start, rate, number).replaceAll(/\D/g, '');
  return Number(digits[place]);
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

function frameWidth(rate: Rational): number {
  return Math.round(rationalToNumber(rate)) > 100 ? 3 : 2;
}

/** Digit of a cell as an FFmpeg expression of a frame's time `t` in seconds. Commas are escaped for a filter chain. */
export function digitExpression({ of, place }: CountedCell, counting: Counting): string {
  const { rate, start, frameDigits } = counting;
  const number = `round(t*${rate.numerator}/${rate.denominator})`;
  if (of === 'frame' || start === null) return digitAt(number, frameDigits - 1 - place);
  const { count, day, base, dropped } = timecodeCount(start, rate);
  const counted = `mod(${count}+${number}\\,${day})`;
  const numbers = dropped === 0 ? counted : withDropped(counted, base, dropped);
  const fields = [
    [2, `floor((${numbers})/${3600 * base})`],
    [2, `mod(floor((${numbers})/${60 * base})\\,60)`],
    [2, `mod(floor((${numbers})/${base})\\,60)`],
    [frameWidth(rate), `mod(${numbers}\\,${base})`],
  ] as const;
  let from = 0;
  for (const [width, value] of fields) {
    if (place < from + width) return digitAt(value, width - 1 - (place - from));
    from += width;
  }
  throw new RangeError(`a timecode has no digit ${place}`);
}

/** Adds the numbers that drop-frame skips, see `timecodeAfter`. */
function withDropped(counted: string, base: number, dropped: number): string {
  const minute = 60 * base - dropped;
  const tenMinutes = 10 * minute + dropped;
  const rest = `mod(${counted}\\,${tenMinutes})`;
  const ones = `if(lt(${rest}\\,${60 * base})\\,0\\,1+floor((${rest}-${60 * base})/${minute}))`;
  return `${counted}+${dropped}*(9*floor(${counted}/${tenMinutes})+${ones})`;
}

/** @param power of ten, from the right. */
function digitAt(value: string, power: number): string {
  return `mod(floor((${value})/${10 ** power})\\,10)`;
}
