import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { report } from '../logging/index.ts';
import { errorMessage } from '../files/index.ts';
import { ResolveInstance } from './resolve-instance.ts';

/** Clears what earlier runs left in Resolve, beside the work: a start neither waits for it nor fails with it. */
@Injectable()
export class ResolveSweep implements BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly instance: ResolveInstance) {}

  begin(): void {
    this.#running ??= this.instance.sweep(this.#stop.signal).catch((error: unknown) => {
      report('resolve_not_cleared', { reason: errorMessage(error) });
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}
