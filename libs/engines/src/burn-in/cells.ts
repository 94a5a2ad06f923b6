import type { BurnInToken } from '@app/jobspec';
import type { Rational, Timecode } from '../media/index.ts';
import { timecodeDigits, type CountedCell } from './counted.ts';

/** What stands in one place of a text: a character, or a digit that changes. */
export type Cell = string | CountedCell;

/** What the tokens of a clip stand for. `null`: the clip has none. */
export interface TokenValues {
  timecode: Timecode | null;
  rate: Rational;
  /** Digits of the number of a frame. */
  frameDigits: number;
  texts: Readonly<Record<Exclude<BurnInToken, 'timecode' | 'frame'>, string | null>>;
}

const PARTS = /\{(\w+)\}|[^]/gu;

/**
 * A text as its cells.
 *
 * @returns the name of the first token that the clip has nothing for, where there is one.
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
