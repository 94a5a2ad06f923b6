/** Nothing can be handed over; each line of its message is a sentence. */
export class HandOverRefusal extends Error {
  override readonly name = 'HandOverRefusal';

  /** @param isOfFolder whether it is a folder that can't be used. */
  constructor(
    message: string,
    readonly isOfFolder = false,
  ) {
    super(message);
  }
}
