/** Ends of scales, within ten: their halves are round too. */
const ROUND = [1, 2, 4, 6, 8, 10];

/** The end of a scale from 0 that holds `most`, a round figure with a round half. */
export function scaleEnd(most: number): number {
  if (!(most > 0)) return 2;
  const power = 10 ** Math.floor(Math.log10(most));
  const end = ROUND.map((step) => step * power).find((candidate) => candidate >= most);
  return end ?? 10 * power;
}
