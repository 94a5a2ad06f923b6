/** Less than this share of what was looked at isn't worth a word. */
const LEAST_SHARE = 0.0005;

/** A warning where a look cuts what is brighter than it has a place for. @param share of the pixels that were looked at. */
export function cutWarnings(share: number): string[] {
  if (share < LEAST_SHARE) return [];
  return [
    `The look cuts off what is brighter than its white: ${(100 * share).toFixed(1)} % of the picture, by the lines that were compared.`,
  ];
}
