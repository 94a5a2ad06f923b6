import { InvalidArgumentError } from 'commander';

/** A million seconds are eleven days; timers of Node can't wait for more than twice that. */
const MAX_SECONDS = 1_000_000;

/** A parser of seconds, which may be fractions. @throws InvalidArgumentError that says what was expected and what came. */
export function atLeast(minimum: number) {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= minimum && value <= MAX_SECONDS) return value;
    throw new InvalidArgumentError(
      `Expected a number from ${minimum} to ${MAX_SECONDS}, got "${text}".`,
    );
  };
}

/** A parser of counts and ports. @throws as {@link atLeast} does. */
export function wholeNumber(minimum: number, maximum: number) {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(
      `Expected a whole number from ${minimum} to ${maximum}, got "${text}".`,
    );
  };
}
