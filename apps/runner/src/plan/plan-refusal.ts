/** Why nothing is planned: the command line, the media, or the folder that takes the JobSpecs. */
export type RefusalKind = 'usage' | 'media' | 'folder';

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
