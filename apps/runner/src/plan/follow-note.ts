import { LineCutter } from '@app/engines';
import { foldedName } from '@app/jobspec';
import { followerNames, text } from '@app/jobspec/folder';
import { tryLock } from 'fs-native-extensions';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { errorMessage, open, readParts, writeDurably, type FileHandle } from '../files/index.ts';
import { PROCESS_IDENTITY } from '../process/orphan-guard.ts';
import type { WatchFolder } from '../watch/folder/index.ts';
import { PlanRefusal } from './plan-refusal.ts';

/** What was planned of a source, for one kind of proxy. */
export interface Planned {
  source: string;
  kind: string;
  /** What the source was then: size, time and number of its file. */
  mark: string;
  /** Name of its JobSpec. */
  job: string;
  /** Whether it is known to have reached `pending/`. */
  isDropped: boolean;
  /** Where its proxy is to be; `''` for what is none. */
  output: string;
  /** When, in milliseconds. */
  at: number;
}

/** More than a shoot has; the oldest are forgotten first. */
const MOST_PLANNED = 200_000;
/** Of one line. */
const MOST_CHARACTERS = 64 * 1024;
const PIECE_BYTES = 64 * 1024;
/** So many lines more than it takes a note may have. */
const ROOM_LINES = 1000;

/**
 * What a follower has planned, over restarts: a line of JSON for each step, made durable before the next. Each line is whole or is
 * passed over: a crash may cut the last one.
 */
export class Note {
  readonly #planned = new Map<string, Planned>();
  readonly #jobs = new Set<string>();
  /** Which source has a proxy of that path, folded. */
  readonly #outputs = new Map<string, string>();
  readonly #undropped = new Set<string>();
  #isTorn = false;

  #file: FileHandle;

  private constructor(
    file: FileHandle,
    private readonly lock: FileHandle,
    /** Where its follower says what it is doing. */
    readonly statusPath: string,
  ) {
    this.#file = file;
  }

  /** Of one set of media. @throws PlanRefusal when another process follows them, or it can't be written. */
  static async open(folder: WatchFolder, media: readonly string[]): Promise<Note> {
    const id = createHash('sha256')
      .update(JSON.stringify(media.toSorted()))
      .digest('hex')
      .slice(0, 12);
    const names = followerNames(id);
    const path = join(folder.own, names.note);
    const lock = await openOr(join(folder.own, names.lock), 'a+');
    if (!tryLock(lock.fd)) {
      const { buffer, bytesRead } = await lock.read(Buffer.alloc(1024), 0, 1024, 0);
      const holder = buffer.toString('utf8', 0, bytesRead).trim();
      await lock.close();
      throw new PlanRefusal(
        'locked',
        `Another plan --follow already follows ${media.join(', ')}: ${holder}. Stop it first.`,
      );
    }
    await lock.truncate(0);
    await lock.write(`${PROCESS_IDENTITY}\n`);
    const note = new Note(await openOr(path, 'a'), lock, join(folder.own, names.status));
    const lines = await note.#read(path);
    if (lines > ROOM_LINES + 2 * note.size) await note.#shorten(path);
    return note;
  }

  get size(): number {
    return this.#planned.size;
  }

  of(source: string, kind: string): Planned | null {
    return this.#planned.get(keyOf(source, kind)) ?? null;
  }

  /** What was to be dropped when an error or the end of a process came between. */
  undropped(): Planned[] {
    return [...this.#undropped].flatMap((key) => this.#planned.get(key) ?? []);
  }

  /** The other source whose proxy has this path; `null` for none. */
  otherMaker(output: string, source: string): string | null {
    const maker = this.#outputs.get(foldedName(output));
    return maker === undefined || maker === source ? null : maker;
  }

  hasJob(name: string): boolean {
    return this.#jobs.has(name);
  }

  /** Durable once it resolves. */
  async add(...planned: readonly Planned[]): Promise<void> {
    if (planned.length === 0) return;
    const lines = planned.map((one) => `${JSON.stringify(one)}\n`).join('');
    try {
      // What a full disk has cut must not be the beginning of another line.
      await this.#file.appendFile(this.#isTorn ? `\n${lines}` : lines);
      await this.#file.datasync();
      this.#isTorn = false;
    } catch (error) {
      this.#isTorn = true;
      throw error;
    }
    for (const one of planned) this.#add(one);
  }

  async close(): Promise<void> {
    await this.#file.close();
    await this.lock.truncate(0).finally(() => this.lock.close());
  }

  /** Line by line: what is kept of a show's clips is small beside its text. @returns how many lines there are. */
  async #read(path: string): Promise<number> {
    const kinds = new Map<string, string>();
    let lines = 0;
    const cutter = new LineCutter(
      (line) => {
        lines += 1;
        const one = readLine(line);
        if (one === null) return;
        // One text for all clips of a kind.
        const kind = kinds.get(one.kind) ?? one.kind;
        kinds.set(kind, kind);
        this.#add({ ...one, kind });
      },
      MOST_CHARACTERS,
      'utf8',
    );
    await readParts(path, Buffer.alloc(PIECE_BYTES), (part) => cutter.take(part)).catch(
      unwritable(path),
    );
    this.#isTorn = cutter.begun() !== '';
    return lines;
  }

  /** Leaves out what later lines have replaced. */
  async #shorten(path: string): Promise<void> {
    const text = [...this.#planned.values()].map((one) => `${JSON.stringify(one)}\n`).join('');
    await writeDurably(path, `${path}.tmp`, text).catch(unwritable(path));
    await this.#file.close();
    this.#file = await openOr(path, 'a');
    this.#isTorn = false;
  }

  #add(one: Planned) {
    const key = keyOf(one.source, one.kind);
    this.#planned.delete(key);
    this.#planned.set(key, one);
    if (this.#planned.size > MOST_PLANNED) this.#forgetOldest();
    this.#jobs.add(one.job);
    if (one.output !== '') this.#outputs.set(foldedName(one.output), one.source);
    if (one.isDropped) this.#undropped.delete(key);
    else this.#undropped.add(key);
  }

  #forgetOldest() {
    const [oldest] = this.#planned;
    if (oldest === undefined) return;
    const [key, { output, job }] = oldest;
    this.#planned.delete(key);
    this.#undropped.delete(key);
    this.#outputs.delete(foldedName(output));
    this.#jobs.delete(job);
  }
}

function keyOf(source: string, kind: string): string {
  return `${kind}\n${source}`;
}

function readLine(line: string): Planned | null {
  try {
    const one = JSON.parse(line) as Planned;
    const texts = [one.source, one.kind, one.mark, one.job];
    const isWhole = texts.every((text) => typeof text === 'string');
    // Those of the first followers say nothing of their proxies.
    return isWhole ? { ...one, output: text(one.output) ?? '' } : null;
  } catch {
    return null;
  }
}

function openOr(path: string, flags: string): Promise<FileHandle> {
  return open(path, flags).catch(unwritable(path));
}

function unwritable(path: string) {
  return (error: unknown): never => {
    throw unwritableError(path, error);
  };
}

function unwritableError(path: string, error: unknown): PlanRefusal {
  const sentence = `What is planned can't be kept in ${path}: ${errorMessage(error)}. Follow as the user of the runner.`;
  return new PlanRefusal('folder', sentence);
}
