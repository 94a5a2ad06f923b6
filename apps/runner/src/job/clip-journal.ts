import {
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

/** A clip is begun, then published or failed; each is recorded before it is done. */
interface JournalEntry {
  stagingPath: string;
  /** A folder of the clip that lies elsewhere, in its first entry. */
  scratchFolder?: string;
  ending?: {
    /** The clip as its result will list it. */
    clip: ClipResult;
    /** A published file is known by its inode, so that nobody else's is ever taken for it. */
    inode: string;
    /** The final name is about to be reserved by an empty file. */
    reserves: boolean;
  };
}

/** How long until a record that could not be written is tried again, in seconds. */
const RETRY_SECONDS = 1;

/** Waits until the journal of a job can be written. */
export interface JournalWait {
  /** Ends the waiting. */
  signal: AbortSignal;
  /** Told once why a clip waits, and `null` when it goes on. */
  onWait: (reason: string | null) => void;
}

/** What is told of a clip while it is made. */
export type ClipRecord = Pick<ClipJournal, 'begin' | 'publish' | 'reserve' | 'fail'>;

/** Of a job that nobody will look for after a crash. */
export const UNRECORDED: ClipRecord = {
  begin: async () => undefined,
  publish: async () => undefined,
  reserve: async () => undefined,
  fail: async () => undefined,
};

/** What an interrupted job left behind. */
export interface JournalContent {
  /** Clips that were verified and published, then the one that failed, if any. */
  clips: ClipResult[];
  /** Files and folders of the job that nobody needs. */
  leftovers: string[];
}

/**
 * Remembers, for one running job, which staging files are its own and how its clips ended. A finished clip's entry is
 * durable before the clip gets its final name: after a crash at any point the published clips are known exactly.
 */
export class ClipJournal {
  readonly #path: string;
  /** Made by the first entry, in the place of whatever an earlier job of this name has left. */
  #file: FileHandle | null = null;

  /** @param waiting who waits until a clip can be recorded; without it, nobody does. */
  constructor(
    directory: string,
    jobName: string,
    private readonly waiting?: JournalWait,
  ) {
    this.#path = join(directory, jobName);
  }

  /**
   * Records that a staging file, whose name is free, is about to be created. Where the disk is full, the clip waits.
   *
   * @throws JobFailure when it can't be, for another reason or without anybody who waits; when the runner stops.
   */
  async begin(stagingPath: string, scratchFolder: string | null = null): Promise<void> {
    const entry = { stagingPath, ...(scratchFolder !== null && { scratchFolder }) };
    await this.#patiently(entry, (error) => error instanceof NoSpaceFailure);
  }

  /**
   * Records that the staged and verified file is about to be published. Hours may be in it: while the journal can't be written, the
   * clip waits.
   *
   * @throws JobFailure when it can't be, and nobody waits or the runner stops.
   */
  async publish(staged: RecordedFile, clip: ClipResult): Promise<void> {
    await this.#end(staged, clip, false);
  }

  /** Records that the clip's final name, which is free, is about to be reserved. @throws as {@link publish} does. */
  async reserve(staged: RecordedFile, clip: ClipResult): Promise<void> {
    await this.#end(staged, clip, true);
  }

  /** Records that the clip failed and that its incomplete file is kept. @throws JobFailure when it can't be. */
  async fail(partialPath: string, clip: ClipResult): Promise<void> {
    await this.#end({ path: partialPath, inode: await inodeOf(partialPath) }, clip, false);
  }

  /** Nothing more is recorded. */
  async close(): Promise<void> {
    await this.#file?.close().catch(() => undefined);
    this.#file = null;
  }

  /** Forgets the job once it is archived; should that fail, the next job of its name does. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true }).catch(() => undefined);
  }

  /**
   * Compares what was recorded with the files that are there. Clips are made one after the other: only the last one that
   * was begun can have left files behind.
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
    return this.#patiently(entry, () => true);
  }

  /** Tries again for as long as an error is one that time may mend. */
  async #patiently(entry: JournalEntry, mayMend: (error: unknown) => boolean) {
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

  /** A line of its own even after one that a full disk cut off. */
  async #append(entry: JournalEntry) {
    try {
      this.#file ??= await this.#create();
      await this.#file.appendFile(`\n${JSON.stringify(entry)}\n`);
      if (entry.ending?.clip.status === 'COMPLETED') await this.#file.datasync();
    } catch (error) {
      throw journalFailure(error, dirname(this.#path));
    }
  }

  /**
   * It stays open: a folder that is moved or unmounted meanwhile takes the file with it, and what is written goes there. So its name is
   * made durable now, while the folder is there.
   */
  async #create(): Promise<FileHandle> {
    const file = await open(this.#path, 'w');
    await syncDirectory(dirname(this.#path));
    return file;
  }

  /** Every whole line; one that was cut off was never acted upon. */
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
