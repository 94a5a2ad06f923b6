const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Whether a word is a number as LUTs and CDLs write it: `-0.5`, `1.`, `.5` or `1e-3`. */
export function isDecimal(word: string): boolean {
  return DECIMAL.test(word);
}
