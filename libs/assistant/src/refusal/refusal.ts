/** Reason a command does nothing: bad usage, a bad subject, an unusable folder, or another process holding the lock. */
export type RefusalKind = 'usage' | 'failed' | 'folder' | 'locked';

/** Ends a command before it has done anything. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly lines: readonly string[];

  /** @param lines one sentence each */
  constructor(
    readonly kind: RefusalKind,
    ...lines: readonly string[]
  ) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** Returns a refusal for bad command-line usage. */
export function misuse(...lines: readonly string[]): Refusal {
  return new Refusal('usage', ...lines);
}
