import type { JobResult } from '@app/jobspec';
import type { JobProgress } from '../job/job-runner.ts';
import { complain } from '../logging/print.ts';

/** Lines `Progress: 42%` on stderr, which schedulers read: whole percents of a job, each higher than the one before. */
export class ProgressLines {
  #said = -1;

  /** Every clip is the same share of its job; 100 is for a job that is completed. */
  update({ clip, totalClips, encoded }: JobProgress): void {
    const made = (encoded?.frames ?? 0) / (encoded?.declaredFrames || Infinity);
    const ended = Math.max(0, (clip ?? 1) - 1);
    this.#say(Math.min(99, (100 * (ended + Math.min(1, made))) / Math.max(1, totalClips)));
  }

  end({ final_status }: Pick<JobResult, 'final_status'>): void {
    if (final_status === 'COMPLETED') this.#say(100);
  }

  #say(share: number): void {
    const percent = Math.floor(share);
    if (percent <= this.#said) return;
    this.#said = percent;
    complain(`Progress: ${percent}%`);
  }
}
