import type { ChildProcess } from 'node:child_process';
import type { Snapshot } from '../jobs/folder-view.ts';
import type { FromIndexer, ToIndexer } from '../jobs/messages.ts';
import type { Settings } from '../settings/settings.ts';

/** What starts the server gives it: the first process starts before Next does. */
const START_INDEXER = Symbol.for('watch-folder-runner.start-indexer');
type Started = typeof globalThis & { [START_INDEXER]: () => ChildProcess };
const RESTART_PAUSE_MS = 1000;

export interface IndexerEvents {
  opened(path: string): void;
  news(snapshot: Snapshot): void;
  /** There can't be an index now: see `problem`. */
  failed(): void;
}

/** The process that reads the watch folders. It is started again when it ends before the server does. */
export class IndexerProcess {
  readonly #message: ToIndexer;
  readonly #events: IndexerEvents;
  #child: ChildProcess | null = null;
  /** Whether there ever was an index: from then on a process that ends is followed by another. */
  #hasOpened = false;
  #problem: string | null = null;

  constructor({ folders, dataDirectory }: Settings, events: IndexerEvents) {
    this.#message = { folders: folders.map(({ name, path }) => ({ name, path })), dataDirectory };
    this.#events = events;
  }

  /**
   * @returns when each folder was looked at once
   * @throws an error whose message is a sentence, when there can't be an index
   */
  async start(): Promise<void> {
    const child = (globalThis as Started)[START_INDEXER]();
    this.#child = child;
    return new Promise((resolve, reject) => {
      let isOver = false;
      const refuse = (sentence: string) => {
        isOver = true;
        reject(new Error(sentence));
      };
      child.on('message', (message: FromIndexer) => {
        if (message.kind === 'opened') {
          this.#hasOpened = true;
          this.#problem = null;
          this.#events.opened(message.path);
        } else if (message.kind === 'news') {
          this.#events.news(message.snapshot);
          if (message.snapshot.hasLooked) resolve();
        } else if (message.isDamaged) console.error(`The index is made anew: ${message.message}`);
        else if (this.#hasOpened) this.#fail(this.#sentence(message.message));
        else refuse(this.#sentence(message.message));
      });
      child.once('exit', (code, signal) => {
        if (isOver || this.#child !== child) return;
        if (this.#hasOpened) this.#startLater();
        else refuse(`The process that reads the watch folders ended at once (${signal ?? code}).`);
      });
      // One that has ended already hears nothing: its end is told of, too.
      child.on('error', () => undefined);
      child.send(this.#message, () => undefined);
    });
  }

  /** Why there is no index now, in a sentence; what was known before is shown. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Ends it: the next one finds the damage, and begins from nothing. */
  restart(): void {
    this.#child?.kill('SIGKILL');
  }

  #startLater(): void {
    setTimeout(() => {
      this.start().catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        this.#startLater();
      });
    }, RESTART_PAUSE_MS).unref();
  }

  #fail(sentence: string): void {
    if (sentence === this.#problem) return;
    console.error(sentence);
    this.#problem = sentence;
    this.#events.failed();
  }

  #sentence(cause: string): string {
    const reason = cause.startsWith('ConnectionFailed') ? 'no file can be opened there' : cause;
    return `The index can't be kept in ${this.#message.dataDirectory} (${reason}). Name a directory on a local disk with --data-dir PATH.`;
  }
}
