/** An exact ratio of whole numbers, for example a frame rate of 24000/1001. The denominator is never 0. */
export interface Rational {
  numerator: number;
  denominator: number;
}

/** Reads `num/den` or `num:den` as ffprobe writes them. `null` when it is no ratio or divides by 0 (`0/0`). */
export function parseRational(text: string): Rational | null {
  const match = /^(-?\d+)[/:](\d+)$/.exec(text);
  if (!match) return null;
  const [numerator, denominator] = [Number(match[1]), Number(match[2])];
  const exact = Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator);
  return exact && denominator !== 0 ? { numerator, denominator } : null;
}

/** Negative, 0 or positive as `a` is less than, equal to or greater than `b`; exact, so 50/2 equals 25/1. */
export function compareRationals(a: Rational, b: Rational): number {
  const left = BigInt(a.numerator) * BigInt(b.denominator);
  const right = BigInt(b.numerator) * BigInt(a.denominator);
  return Number(left > right) - Number(left < right);
}

/** The nearest floating point number: for display and tolerances, never for equality. */
export function rationalToNumber({ numerator, denominator }: Rational): number {
  return numerator / denominator;
}

/** Parses a ratio above 0, in lowest terms. `null` for any other. */
export function positiveRational(text: string | null): Rational | null {
  const rational = text === null ? null : parseRational(text);
  return rational !== null && rational.numerator > 0 ? reduceRational(rational) : null;
}

/** The same ratio in lowest terms. */
export function reduceRational({ numerator, denominator }: Rational): Rational {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export function sameRational(a: Rational, b: Rational): boolean {
  return compareRationals(a, b) === 0;
}

/** `24000/1001`, as FFmpeg reads and writes it. */
export function formatRational({ numerator, denominator }: Rational): string {
  return `${numerator}/${denominator}`;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
