/** One broken rule of the contract; `line` and `column` count from 1 and are known for syntax errors and duplicate keys. */
export interface Violation {
  /** `sources[1]`, `resolved_tokens.reel`; empty for the document as a whole. */
  path: string;
  message: string;
  line?: number;
  column?: number;
}

/** Place among `sources` that a violation's path names, from 0; `null` where it names none. */
export function sourceIndexOf(path: string): number | null {
  const [, index] = /^sources\[(\d+)\]$/u.exec(path) ?? [];
  return index === undefined ? null : Number(index);
}
