import { Injectable } from '@nestjs/common';
import type { ClipResult, ResultHead } from '@app/jobspec';

/** Is told how clips and jobs end. It must not throw and not wait. */
export interface JobObserver {
  /** @param sourceSeconds how long the source is; `null` where its reader doesn't know. */
  clipEnded(clip: ClipResult, sourceSeconds: number | null): void;
  /** Jobs of an earlier runner, which end at the start, are among them; they have no worker. */
  jobEnded(job: ResultHead): void;
}

/** Whoever wants to know how clips and jobs end; nobody, unless metrics are served. */
@Injectable()
export class JobObservers implements JobObserver {
  readonly #observers: Partial<JobObserver>[] = [];

  add(observer: Partial<JobObserver>): void {
    this.#observers.push(observer);
  }

  clipEnded(clip: ClipResult, sourceSeconds: number | null): void {
    for (const observer of this.#observers) observer.clipEnded?.(clip, sourceSeconds);
  }

  jobEnded(job: ResultHead): void {
    for (const observer of this.#observers) observer.jobEnded?.(job);
  }
}
