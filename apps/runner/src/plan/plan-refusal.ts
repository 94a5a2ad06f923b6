/** Why nothing is planned: the command line, the media, the folder that takes the JobSpecs, or another that follows the media. */
export type RefusalKind = 'usage' | 'media' | 'folder' | 'locked';

/** Ends a plan before anything is written. */
export class PlanRefusal extends Error {
  override readonly name = 'PlanRefusal';
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
