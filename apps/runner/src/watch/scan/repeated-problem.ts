import { errorMessage } from '../../files/index.ts';
import { report } from '../../logging/index.ts';
import { FolderLockedError } from '../folder/index.ts';

/** Something that fails scan after scan is said once, and so is its end. */
export class RepeatedProblem {
  #problem: string | null = null;

  constructor(private readonly what: 'scan' | 'status') {}

  /** @returns the problem, or `null` when all went well. */
  async watch(task: () => Promise<void>): Promise<string | null> {
    const problem = await task().then(() => null, trouble);
    if (problem !== null && problem !== this.#problem) {
      report(`${this.what}_failed`, { reason: problem });
    }
    if (problem === null && this.#problem !== null) report(`${this.what}_works_again`, {});
    return (this.#problem = problem);
  }
}

/** Storage may come back; a folder that another runner holds doesn't. */
function trouble(error: unknown): string {
  if (error instanceof FolderLockedError) throw error;
  return errorMessage(error);
}
