import { foldedName } from '@app/jobspec';
import { followerNames, text } from '@app/jobspec/folder';
import { tryLock } from 'fs-native-extensions';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { errorMessage, open, readWhole, writeDurably, type FileHandle } from '../files/index.ts';
import { PROCESS_IDENTITY } from '../process/process-identity.ts';
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
/** In bytes. */
const MOST_BYTES = 512 * 1024 * 1024;

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

  private constructor(
    private readonly file: FileHandle,
    private readonly lock: FileHandle,
    /** Where its follower says what it is doing. */
    readonly statusPath: string,
  ) {}

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
    const known = await linesOf(path);
    const kept = [...known.values()].slice(-MOST_PLANNED);
    const text = kept.map((one) => `${JSON.stringify(one)}\n`).join('');
    await writeDurably(path, `${path}.tmp`, text).catch(unwritable(path));
    const note = new Note(await openOr(path, 'a'), lock, join(folder.own, names.status));
    for (const one of kept) note.#add(one);
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
      await this.file.appendFile(this.#isTorn ? `\n${lines}` : lines);
      await this.file.datasync();
      this.#isTorn = false;
    } catch (error) {
      this.#isTorn = true;
      throw error;
    }
    for (const one of planned) this.#add(one);
  }

  async close(): Promise<void> {
    await this.file.close();
    await this.lock.truncate(0).finally(() => this.lock.close());
  }

  #add(one: Planned) {
    const key = keyOf(one.source, one.kind);
    this.#planned.delete(key);
    this.#planned.set(key, one);
    this.#jobs.add(one.job);
    if (one.output !== '') this.#outputs.set(foldedName(one.output), one.source);
    if (one.isDropped) this.#undropped.delete(key);
    else this.#undropped.add(key);
  }
}

function keyOf(source: string, kind: string): string {
  return `${kind}\n${source}`;
}

async function linesOf(path: string): Promise<Map<string, Planned>> {
  const known = new Map<string, Planned>();
  const bytes = await readWhole(path, MOST_BYTES).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw unwritableError(path, error);
  });
  for (const line of bytes.toString().split('\n')) {
    const one = readLine(line);
    if (one === null) continue;
    known.delete(keyOf(one.source, one.kind));
    known.set(keyOf(one.source, one.kind), one);
  }
  return known;
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
