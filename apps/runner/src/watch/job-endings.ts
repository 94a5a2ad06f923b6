import { Injectable } from '@nestjs/common';
import type { JobResult } from '@app/jobspec';
import { Finisher } from './finisher.ts';
import { Recovery } from './recovery.ts';

/** Way of a job out of `running/`: with the result of its worker, or, if it has no worker, as one that was interrupted. */
@Injectable()
export class JobEndings {
  constructor(
    private readonly finisher: Finisher,
    private readonly recovery: Recovery,
  ) {}

  /** Ends jobs in `running/` that have no worker and aren't still to be archived. @throws the system's error. */
  endOthers(hasWorker: (name: string) => boolean): Promise<void> {
    return this.recovery.adopt((name) => hasWorker(name) || this.finisher.isUnarchived(name));
  }

  /** Archives a job with its result, now or at a {@link retry}. */
  finish(name: string, result: JobResult): Promise<void> {
    return this.finisher.finish(name, result);
  }

  /** Archives what couldn't be archived before. */
  retry(): Promise<void> {
    return this.finisher.retry();
  }
}
