import { foldedName, JobFailure } from '@app/jobspec';
import {
  errorCode,
  errorMessage,
  FileChangedError,
  HeldFolder,
  isNoSpace,
  NoSpaceFailure,
  realpath,
  closingOnFailure,
} from '@app/storage';
import { checkSameDirectory, OUTPUT_PROBLEMS } from '../validation/places.ts';

/**
 * The directory of an output, held open from the moment it was checked: what is made, looked at and named in it lies in this
 * very directory, though somebody moves it away and puts another, or a link, in its place.
 */
export class OutputFolder {
  private constructor(
    /** Real, without links. */
    readonly name: string,
    private readonly held: HeldFolder,
  ) {}

  /** @throws JobFailure `OutputDirectoryError` when it isn't what was checked; the system's error. */
  static async open(name: string): Promise<OutputFolder> {
    await checkSameDirectory(name);
    const opened = new OutputFolder(name, await HeldFolder.open(name));
    return closingOnFailure(opened, async (folder) => {
      await folder.#checkPlace();
      return folder;
    });
  }

  /** Whether nobody can lead elsewhere who asks for an {@link entry}. */
  get isHeld(): boolean {
    return this.held.isHeld;
  }

  /** The path of a name in it, for this process and its programs. */
  entry(name: string): string {
    return this.held.entry(name);
  }

  /** Checks that its name still leads to it. @throws JobFailure `OutputDirectoryError`. */
  async check(): Promise<void> {
    await checkSameDirectory(this.name);
    await this.#checkPlace();
  }

  async close(): Promise<void> {
    await this.held.close().catch(() => undefined);
  }

  /** The system tells where an open directory is, in its own upper and lower case. */
  async #checkPlace() {
    const place = await realpath(this.held.path).catch(() => null);
    if (place !== null && foldedName(place) === foldedName(this.name)) return;
    throw new JobFailure('output_directory_replaced', { directory: this.name });
  }
}

/** Explains what the system said when an output was created or published. Other errors are passed through as defects. */
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
