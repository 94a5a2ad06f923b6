import { shown } from '@app/jobspec';

/** What is wrong with a `.cube` file: a part of a sentence about it. */
export class CubeFault extends Error {
  override readonly name = 'CubeFault';
}

/** @param line counted from 1. */
export function fault(line: number, message: string): CubeFault {
  return new CubeFault(`line ${line}: ${message}`);
}

/** A piece of the file as it appears in a sentence. */
export function shownLine(text: string): string {
  return text === '' ? 'nothing' : shown(text);
}
