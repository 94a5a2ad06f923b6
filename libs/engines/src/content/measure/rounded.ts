/** As results tell what was measured of pictures: to the hundredth. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
