/** The least of many numbers and the greatest; endless for none. */
export function extent(values: readonly number[]): [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return [least, greatest];
}

/** From the least of many numbers to the greatest; 0 of none. */
export function span(values: readonly number[]): number {
  const [least, greatest] = extent(values);
  return values.length === 0 ? 0 : greatest - least;
}
