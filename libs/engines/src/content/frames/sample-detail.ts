/** Samples from one to those that it is compared with: what alternates pixel by pixel is the first that codecs lose. */
export const REACH = 2;

/** How a sample differs from those two beside it, twice in levels: a whole number. */
export function twiceDetail(stack: Uint8Array, at: number): number {
  return 2 * (stack[at] as number) - (stack[at - REACH] as number) - (stack[at + REACH] as number);
}
