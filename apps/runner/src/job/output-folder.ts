import { foldedName, JobFailure } from '@app/jobspec';
import {
  errorCode,
  errorMessage,
  FileChangedError,
  OpenDirectory,
  isNoSpace,
  NoSpaceFailure,
  realpath,
  closingOnFailure,
} from '@app/storage';
import { checkSameDirectory, OUTPUT_PROBLEMS } from '../validation/places.ts';

/**
 * An output directory held open. Files are created and published through the open handle, so moving the directory or putting a link
 * in its place can't redirect them.
 */
export class OutputFolder {
  private constructor(
    /** Real path, without links. */
    readonly name: string,
    private readonly held: OpenDirectory,
  ) {}

  /** @throws JobFailure `OutputDirectoryError` if it isn't the checked directory; the system's error. */
  static async open(name: string): Promise<OutputFolder> {
    await checkSameDirectory(name);
    const opened = new OutputFolder(name, await OpenDirectory.open(name));
    return closingOnFailure(opened, async (folder) => {
      await folder.#checkPlace();
      return folder;
    });
  }

  /** Path of an entry, for this process and its programs. */
  entry(name: string): string {
    return this.held.entry(name);
  }

  /** Checks that the path still leads to the open directory. @throws JobFailure `OutputDirectoryError`. */
  async check(): Promise<void> {
    await checkSameDirectory(this.name);
    await this.#checkPlace();
  }

  async close(): Promise<void> {
    await this.held.close().catch(() => undefined);
  }

  /** Checks that the open directory is still at its path. Case is ignored, because the system reports its own spelling. */
  async #checkPlace() {
    const place = await realpath(this.held.path).catch(() => null);
    if (place !== null && foldedName(place) === foldedName(this.name)) return;
    throw new JobFailure('output_directory_replaced', { directory: this.name });
  }
}

/** Turns a system error into a JobFailure; rethrows anything without an error code. */
export function outputFailure(error: unknown, directory: string): JobFailure {
  if (error instanceof JobFailure) return error;
  if (error instanceof FileChangedError) {
    return new JobFailure('output_changed', { directory }, { cause: error });
  }
  const code = errorCode(error);
  if (isNoSpace(error)) return new NoSpaceFailure(directory, { cause: error });
  const problem = code && OUTPUT_PROBLEMS[code];
  if (problem)
    return new JobFailure('output_directory_unusable', { directory, problem }, { cause: error });
  if (code) {
    const facts = { directory, error: errorMessage(error) };
    return new JobFailure('output_not_written', facts, { cause: error });
  }
  throw error;
}
