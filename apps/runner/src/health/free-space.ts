import { Answer, stat, statfs } from '../files/index.ts';
import { dirname } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { ClipResult } from '@app/jobspec';
import { Gauge, Registry } from 'prom-client';
import { type JobObserver, JobObservers } from '../job/index.ts';
import { FullOutputs } from '../watch/claim/index.ts';
import { WatchFolder } from '../watch/folder/index.ts';

/** A share whose server is gone may not answer at all, in seconds. */
const ANSWER_SECONDS = 2;

interface Filesystem {
  path: string;
  free: Answer<number | null>;
}

/**
 * Free bytes of the filesystems that the runner writes to: that of the watch folder, and each that a clip was made on or that jobs
 * wait for, under the first directory that was seen there.
 */
@Injectable()
export class FreeSpace implements Pick<JobObserver, 'clipEnded'> {
  readonly #watch: Filesystem;
  /** By device number: as few as there are mounts, however many directories jobs name. */
  readonly #outputs = new Map<number, Filesystem>();
  readonly #gauge: Gauge;

  constructor(
    registry: Registry,
    observers: JobObservers,
    folder: WatchFolder,
    private readonly full: FullOutputs,
  ) {
    this.#watch = filesystemOf(folder.root);
    this.#gauge = new Gauge({
      name: 'wfr_filesystem_free_bytes',
      help: 'Free bytes for the runner, on the filesystem of the watch folder and on those of outputs.',
      labelNames: ['filesystem', 'path'],
      registers: [registry],
      collect: () => this.#collect(),
    });
    observers.add(this);
  }

  clipEnded({ resolved_output_path }: ClipResult): void {
    void this.#know(dirname(resolved_output_path));
  }

  async #know(directory: string) {
    await stat(directory).then(
      ({ dev }) => {
        if (!this.#outputs.has(dev)) this.#outputs.set(dev, filesystemOf(directory));
      },
      () => undefined,
    );
  }

  async #collect() {
    this.#gauge.reset();
    for (const directory of this.full.directories) void this.#know(directory);
    const outputs = [...this.#outputs.values()].map((output) => this.#measure('output', output));
    await Promise.all([this.#measure('watch', this.#watch), ...outputs]);
  }

  /** What doesn't answer is left out. */
  async #measure(filesystem: 'watch' | 'output', { path, free }: Filesystem) {
    const bytes = await free.get();
    if (bytes !== null) this.#gauge.set({ filesystem, path }, bytes);
  }
}

function filesystemOf(path: string): Filesystem {
  const measure = async () =>
    statfs(path).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    );
  return { path, free: new Answer(measure, ANSWER_SECONDS) };
}
