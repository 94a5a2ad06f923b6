/** Nothing can be handed over. */
export class HandOverRefusal extends Error {
  override readonly name = 'HandOverRefusal';

  readonly sentences: readonly string[];

  /** @param isOfFolder whether it is a folder that can't be used. */
  constructor(
    said: string | readonly string[],
    readonly isOfFolder = false,
  ) {
    const sentences = [said].flat();
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}
