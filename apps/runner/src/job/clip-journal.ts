import {
  closingOnFailure,
  errorCode,
  errorMessage,
  type FileHandle,
  isNoSpace,
  lstat,
  NoSpaceFailure,
  open,
  readFile,
  rm,
  syncDirectory,
  isAbsent,
} from '@app/storage';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobFailure, jsonIn, type ClipResult } from '@app/jobspec';
import { interrupted } from './engine-run.ts';
import { type RecordedFile, stagingFolderOf } from './staging.ts';

/** Step of a clip: begun, then published or failed. A clip's beginning and its publication are recorded before they happen. */
interface JournalEntry {
  stagingPath: string;
  /** Scratch folder of the clip, if it isn't beside the output; only in the clip's first entry. */
  scratchFolder?: string;
  ending?: {
    /** Clip as listed in its result. */
    clip: ClipResult;
    /** Inode of the file, so that no other file is taken for it. */
    inode: string;
    /** True if an empty file is about to reserve the final name. */
    reserves: boolean;
  };
}

/** Interval between attempts to write a record, in seconds. */
const RETRY_SECONDS = 1;

/** Wait of a job until its journal can be written. */
export interface JournalWait {
  /** Ends the waiting. */
  signal: AbortSignal;
  /** Called once with the reason for the wait, and with `null` when it is over. */
  onWait: (reason: string | null) => void;
}

/** Journal as the clip being made uses it. */
export type ClipRecord = Pick<ClipJournal, 'begin' | 'publish' | 'reserve' | 'fail'>;

/** Journal of a job that nobody recovers after a crash. */
export const UNRECORDED: ClipRecord = {
  begin: async () => undefined,
  publish: async () => undefined,
  reserve: async () => undefined,
  fail: async () => undefined,
};

/** Traces of an interrupted job. */
export interface JournalContent {
  /** Clips that were verified and published, then the failed one, if any. */
  clips: ClipResult[];
  /** Files and folders of the job that are no longer needed. */
  leftovers: string[];
}

/**
 * Records which staging files belong to one running job and how its clips ended. The entry of a finished clip is durable
 * before the clip gets its final name: after a crash at any point the published clips are known exactly.
 */
export class ClipJournal {
  readonly #path: string;
  /** Created by the first entry; replaces one left by an earlier job of this name. */
  #file: FileHandle | null = null;

  /** @param waiting if given, waits until a clip can be recorded; without it, errors are thrown at once. */
  constructor(
    directory: string,
    jobName: string,
    private readonly waiting?: JournalWait,
  ) {
    this.#path = join(directory, jobName);
  }

  /**
   * Records that a staging file is about to be created under a free name. Waits while the disk is full.
   *
   * @throws JobFailure for other errors, without `waiting`, and if the runner stops.
   */
  async begin(stagingPath: string, scratchFolder: string | null = null): Promise<void> {
    const entry = { stagingPath, ...(scratchFolder !== null && { scratchFolder }) };
    await this.#appendWithRetry(entry, (error) => error instanceof NoSpaceFailure);
  }

  /**
   * Records that the staged and verified file is about to be published. Waits while the journal can't be written: the file may be
   * hours of work.
   *
   * @throws JobFailure without `waiting`, and if the runner stops.
   */
  async publish(staged: RecordedFile, clip: ClipResult): Promise<void> {
    await this.#end(staged, clip, false);
  }

  /** Records that the clip's final name is about to be reserved by an empty file. @throws as {@link publish} does. */
  async reserve(staged: RecordedFile, clip: ClipResult): Promise<void> {
    await this.#end(staged, clip, true);
  }

  /** Records that the clip failed and that its incomplete file is kept. @throws JobFailure if it can't. */
  async fail(partialPath: string, clip: ClipResult): Promise<void> {
    await this.#end({ path: partialPath, inode: await inodeOf(partialPath) }, clip, false);
  }

  /** Closes the file; nothing more is recorded. */
  async close(): Promise<void> {
    await this.#file?.close().catch(() => undefined);
    this.#file = null;
  }

  /** Removes the record of an archived job. If that fails, the next job of its name replaces it. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true }).catch(() => undefined);
  }

  /**
   * Compares the journal with the existing files. Clips are made one after the other, so only the last one begun can have left files
   * behind.
   *
   * @throws the system's error.
   */
  async read(): Promise<JournalContent> {
    const clips = new Map<string, ClipResult>();
    let leftovers: string[] = [];
    let scratch: string[] = [];
    for (const { stagingPath, scratchFolder, ending } of await this.#entries()) {
      if (ending === undefined) scratch = scratchFolder === undefined ? [] : [scratchFolder];
      leftovers = [stagingPath, stagingFolderOf(stagingPath)];
      if (ending === undefined) continue;
      const { clip, inode, reserves } = ending;
      const outputPath = clip.resolved_output_path;
      if (clip.status === 'FAILED') leftovers = [];
      else if (reserves && (await isEmpty(outputPath))) leftovers.push(outputPath);
      if (clip.status === 'FAILED' || (await hasInode(outputPath, inode))) {
        clips.set(outputPath, clip);
      }
    }
    return { clips: [...clips.values()], leftovers: [...leftovers, ...scratch] };
  }

  async #end({ path, inode }: RecordedFile, clip: ClipResult, reserves: boolean) {
    const entry = { stagingPath: path, ending: { clip, inode, reserves } };
    if (clip.status === 'FAILED') return this.#append(entry);
    return this.#appendWithRetry(entry, () => true);
  }

  /** Retries while the error may be temporary. */
  async #appendWithRetry(entry: JournalEntry, mayMend: (error: unknown) => boolean) {
    let waitsFor: string | null = null;
    for (;;) {
      try {
        await this.#append(entry);
        if (waitsFor !== null) this.waiting?.onWait(null);
        return;
      } catch (error) {
        if (this.waiting === undefined || !mayMend(error)) throw error;
        if (this.waiting.signal.aborted) throw interrupted();
        if (waitsFor === null) this.waiting.onWait((waitsFor = errorMessage(error)));
        await sleep(RETRY_SECONDS * 1000, undefined, { signal: this.waiting.signal }).catch(
          () => undefined,
        );
      }
    }
  }

  /** Appends an entry, after a line break in case a full disk cut off the previous line. */
  async #append(entry: JournalEntry) {
    try {
      this.#file ??= await this.#create();
      await this.#file.appendFile(`\n${JSON.stringify(entry)}\n`);
      await this.#file.datasync();
    } catch (error) {
      throw journalFailure(error, dirname(this.#path));
    }
  }

  /**
   * Creates the file, which stays open: if the folder is moved away, later entries still reach the file. Its name is made durable now,
   * while the folder is in its place.
   */
  async #create(): Promise<FileHandle> {
    const file = await open(this.#path, 'w');
    await closingOnFailure(file, () => syncDirectory(dirname(this.#path)));
    return file;
  }

  /** Entries of all complete lines. A line that was cut off was never acted upon. */
  async #entries(): Promise<JournalEntry[]> {
    try {
      return (await readFile(this.#path, 'utf8')).split('\n').flatMap(parseEntry);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }
}

function parseEntry(line: string): JournalEntry[] {
  const entry = jsonIn(line) as JournalEntry | null;
  return entry === null ? [] : [entry];
}

function journalFailure(error: unknown, directory: string): JobFailure {
  if (isNoSpace(error)) return new NoSpaceFailure(directory, { cause: error });
  const facts = { directory, error: errorMessage(error) };
  return new JobFailure('journal_not_written', facts, { cause: error });
}

async function inodeOf(path: string): Promise<string> {
  return String((await lstat(path, { bigint: true })).ino);
}

async function hasInode(path: string, inode: string): Promise<boolean> {
  try {
    return (await inodeOf(path)) === inode;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

async function isEmpty(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.size === 0;
}
