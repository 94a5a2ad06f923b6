import { randomInt } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type JobResult, printable } from '@app/jobspec';
import { temporaryResultName } from '@app/jobspec/folder';
import { exists, rm, syncDirectory, writeSynced, publishFile } from '@app/storage';
import { resultText } from '../job/result-draft.ts';
import { printed, printText } from '../logging/print.ts';

/** Where `run` puts its result. */
export interface ResultPlace {
  /** For a sentence. */
  readonly name: string;
  /** @throws the system's error, or a JobFailure where a name is taken: the result isn't whole there. */
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

/** A file whose name stands for a whole result that a crash can't take, and for nothing else. */
export class ResultFile implements ResultPlace {
  readonly name: string;
  readonly #temporary: string;

  private constructor(private readonly path: string) {
    this.name = printable(path);
    // Who recovers jobs removes it after a crash; several may be written in one folder.
    const number = randomInt(2, 2 ** 47);
    this.#temporary = join(dirname(path), temporaryResultName(number));
  }

  /**
   * Tries beforehand what the result will need: a job's work would be lost without.
   *
   * @returns `null` when the name is taken.
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
