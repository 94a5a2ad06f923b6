import { randomInt } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type JobResult, printable } from '@app/jobspec';
import { temporaryResultName } from '@app/jobspec/folder';
import { exists, rm, syncDirectory, writeSynced, publishFile } from '@app/storage';
import { resultText } from '../job/result-text.ts';
import { printed, printText } from '../logging/print.ts';

/** Destination of the result of `run`. */
export interface ResultPlace {
  /** Name for messages. */
  readonly name: string;
  /** @throws the system's error, or a JobFailure if the name is taken; the result is then not there, or incomplete. */
  write(result: JobResult): Promise<void>;
}

export const RESULT_TO_STDOUT: ResultPlace = {
  name: 'stdout',
  async write(result) {
    printText(JSON.stringify(result, null, 2));
    const problem = await printed();
    if (problem !== null) throw problem;
  },
};

/** Result file that appears under its name only when complete and durable. */
export class ResultFile implements ResultPlace {
  readonly name: string;
  readonly #temporary: string;

  private constructor(private readonly path: string) {
    this.name = printable(path);
    // Recovery recognises the name after a crash, if it is in running/. The number is random because other runs may use the folder.
    const number = randomInt(2, 2 ** 47);
    this.#temporary = join(dirname(path), temporaryResultName(number));
  }

  /**
   * Creates the temporary file before the job starts, whose work would be wasted if its result couldn't be written.
   *
   * @returns `null` if the name is taken.
   * @throws the system's error.
   */
  static async reserve(path: string): Promise<ResultFile | null> {
    if (await exists(path)) return null;
    const file = new ResultFile(path);
    try {
      await writeSynced(file.#temporary, '');
      await syncDirectory(dirname(path));
      return file;
    } catch (error) {
      await rm(file.#temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async write(result: JobResult): Promise<void> {
    await publishFile(this.path, resultText(result), { temporary: this.#temporary });
  }
}
