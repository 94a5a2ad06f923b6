/** Whose fault it is that a command does nothing: the command line's, its subject's, a folder's, or that of another process at work. */
export type RefusalKind = 'usage' | 'failed' | 'folder' | 'locked';

/** Ends a command before it has done anything. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly lines: readonly string[];

  /** @param lines each a sentence. */
  constructor(
    readonly kind: RefusalKind,
    ...lines: readonly string[]
  ) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** Of the command line. */
export function misuse(...lines: readonly string[]): Refusal {
  return new Refusal('usage', ...lines);
}
