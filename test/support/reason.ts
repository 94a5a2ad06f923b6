/** A reason as the contract has it: at most 500 characters; a longer one ends in `…`. */
export function inReason(sentence: string): string {
  return sentence.length > 500 ? `${sentence.slice(0, 499)}…` : sentence;
}
