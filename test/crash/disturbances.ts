import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import type { JobFolder } from '../support/job-folder.ts';
import { isRoot } from '../support/root.ts';
import type { RunnerProcess } from '../support/runner-process.ts';
import type { Random } from './random.ts';

/** Maximum duration of a disturbance, in milliseconds. */
const LONGEST = 500;

/** Disturbances of a runner at night, apart from its death. */
export class Disturbances {
  readonly counts: Record<string, number> = {};
  readonly #kinds = {
    suspended: (runner: RunnerProcess) => this.#suspend(runner),
    'folder away': () => this.#moveAway(),
    'job set aside': () => this.#setAside(),
    'job put into running/': () => this.#putIntoRunning(),
    ...(isRoot && { 'volume mounted over it': () => this.#cover() }),
    'left alone': () => Promise.resolve(),
  };

  constructor(
    private readonly folder: JobFolder,
    private readonly base: string,
    private readonly random: Random,
  ) {}

  /** Does one of them, and lets the runner go on for a moment. */
  async cause(runner: RunnerProcess): Promise<void> {
    const [kind, act] = this.random.pick(Object.entries(this.#kinds));
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    await act(runner);
    await this.#wait();
  }

  async #suspend(runner: RunnerProcess) {
    runner.signal('SIGSTOP');
    await this.#wait();
    runner.signal('SIGCONT');
  }

  async #moveAway() {
    const { root } = this.folder;
    await rename(root, `${root}-away`);
    await this.#wait();
    await rename(`${root}-away`, root);
  }

  /** Somebody takes a waiting job out, and brings it back. */
  async #setAside() {
    const name = await this.#waitingJob();
    const aside = join(this.base, name);
    const isTaken = await rename(this.folder.path('pending', name), aside).then(
      () => true,
      () => false,
    );
    await this.#wait();
    if (isTaken) await rename(aside, this.folder.path('pending', name));
  }

  /** Somebody puts a job where only the runner should; never over another one. */
  async #putIntoRunning() {
    const name = await this.#waitingJob();
    const to = this.folder.path('running', name);
    await execa('mv', ['-n', this.folder.path('pending', name), to], { reject: false });
  }

  /** The folder is another one, empty, until the volume is gone. */
  async #cover() {
    const { root } = this.folder;
    await execa('mount', ['-t', 'tmpfs', 'none', root]);
    try {
      await this.#wait();
    } finally {
      await execa('umount', ['-l', root]);
    }
  }

  async #waitingJob(): Promise<string> {
    const names = await this.folder.names('pending');
    return this.random.pick([...names.filter((name) => !name.startsWith('.')), 'none.json']);
  }

  #wait(): Promise<void> {
    return pause(this.random.below(LONGEST));
  }
}
