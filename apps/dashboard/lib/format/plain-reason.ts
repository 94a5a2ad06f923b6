import type { FailureType } from '@app/jobspec/result';
import { NEXT_STEPS } from './next-steps.ts';

/** What a failure means in plain words, and then what the runner wrote. An interruption is said in full by the former. */
export function plainReason(type: FailureType | null, reason: string | null): string {
  if (type === 'RunnerInterrupted') return NEXT_STEPS.RunnerInterrupted.means;
  const means = type === null ? [] : [NEXT_STEPS[type].means];
  return [...means, reason ?? 'No reason was given.'].join(' ');
}
