/** Nothing is submitted again. */
export class RetryRefusal extends Error {
  override readonly name = 'RetryRefusal';

  /** @param isOfFolder whether it is a folder that can't be used. */
  constructor(
    readonly lines: readonly string[],
    readonly isOfFolder: boolean,
  ) {
    super(lines.join('\n'));
  }
}
