/**
 * What is wrong with a `.cube` file: a part of a sentence about it. It repeats nothing of the file but keywords: a JobSpec may name any
 * file that the runner's user can read, and results are read by others.
 */
export class CubeFault extends Error {
  override readonly name = 'CubeFault';
}

/** @param line counted from 1. */
export function fault(line: number, message: string): CubeFault {
  return new CubeFault(`line ${line}: ${message}`);
}
