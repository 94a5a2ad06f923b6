import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { followerNames } from '@app/jobspec/folder';
import { tryLock } from 'fs-native-extensions';
import {
  errorMessage,
  open,
  readWhole,
  type FileHandle,
  PROCESS_IDENTITY,
  type WatchFolder,
} from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';

/** What was planned of a source, for one kind of proxy. */
export interface Planned {
  source: string;
  kind: string;
  /** What the source was then: size, times and number of its file. */
  mark: string;
  /** Name of its JobSpec; `''` where no proxy is made. */
  job: string;
  /** When, in milliseconds. */
  at: number;
}

/** A line that says that everything before it was dropped. */
const SETTLED = '{}';
/** No note of 100,000 clips is larger. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * What a follower has planned, over restarts: a line of JSON for each JobSpec, made durable before the JobSpec is dropped and the next line
 * is written. So only the last one may stand for a JobSpec that was never dropped. A line that a crash has cut is passed over.
 */
export class Note {
  /** May not have been dropped; `null` when everything was. */
  doubt: Planned | null = null;
  readonly #planned = new Map<string, Planned>();
  #isTorn = false;

  private constructor(
    private readonly file: FileHandle,
    private readonly lock: FileHandle,
    /** Where its follower says what it is doing. */
    readonly statusPath: string,
  ) {}

  /** Of one set of media. @throws Refusal when another process follows them, or it can't be written. */
  static async open(folder: WatchFolder, media: readonly string[]): Promise<Note> {
    const hash = createHash('sha256').update(JSON.stringify(media.toSorted()));
    const names = followerNames(hash.digest('hex').slice(0, 12));
    const path = join(folder.own, names.note);
    try {
      const lock = await open(join(folder.own, names.lock), 'a+');
      if (!tryLock(lock.fd)) {
        const holder = (await lock.readFile('utf8')).trim();
        await lock.close();
        throw new Refusal(
          'locked',
          `Another plan --follow already follows ${media.join(', ')}: ${holder}. Stop it first.`,
        );
      }
      await lock.truncate(0);
      await lock.write(`${PROCESS_IDENTITY}\n`);
      const note = new Note(await open(path, 'a'), lock, join(folder.own, names.status));
      note.#read((await readWhole(path, MOST_BYTES)).toString());
      return note;
    } catch (error) {
      if (error instanceof Refusal) throw error;
      const sentence = `What is planned can't be kept in ${path}: ${errorMessage(error)}. Follow as the user of the runner.`;
      throw new Refusal('folder', sentence);
    }
  }

  get size(): number {
    return this.#planned.size;
  }

  of(source: string, kind: string): Planned | null {
    return this.#planned.get(keyOf(source, kind)) ?? null;
  }

  /** Durable once it resolves. A JobSpec is in doubt from then on, also where this fails. */
  async add(planned: Planned): Promise<void> {
    if (planned.job !== '') this.doubt = planned;
    await this.#append(JSON.stringify(planned));
    await this.file.datasync();
    this.#planned.set(keyOf(planned.source, planned.kind), planned);
  }

  /** What was in doubt is told. Where a crash takes this line, it is in doubt again. */
  async settle(): Promise<void> {
    this.doubt = null;
    await this.#append(SETTLED);
  }

  async close(): Promise<void> {
    await this.file.close();
    await this.lock.truncate(0).finally(() => this.lock.close());
  }

  /** What a full disk has cut must not be the beginning of another line. */
  async #append(line: string) {
    const text = this.#isTorn ? `\n${line}\n` : `${line}\n`;
    this.#isTorn = true;
    await this.file.appendFile(text);
    this.#isTorn = false;
  }

  #read(text: string) {
    const lines = text.split('\n');
    this.#isTorn = lines.at(-1) !== '';
    const kinds = new Map<string, string>();
    for (const line of lines) {
      if (line === SETTLED) this.doubt = null;
      const one = readLine(line);
      if (one === null) continue;
      // One text for all clips of a kind.
      const kind = kinds.get(one.kind) ?? one.kind;
      kinds.set(kind, kind);
      this.#planned.set(keyOf(one.source, kind), { ...one, kind });
      if (one.job !== '') this.doubt = one;
    }
  }
}

function keyOf(source: string, kind: string): string {
  return `${kind}\n${source}`;
}

function readLine(line: string): Planned | null {
  try {
    const one = JSON.parse(line) as Planned;
    const texts = [one.source, one.kind, one.mark, one.job];
    return texts.every((text) => typeof text === 'string') ? one : null;
  } catch {
    return null;
  }
}
