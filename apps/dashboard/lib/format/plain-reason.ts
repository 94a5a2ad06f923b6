import type { FailureType } from '@app/jobspec/result';
import { counted } from '../text/quantities.ts';
import { NEXT_STEPS } from './next-steps.ts';

/** What a failure means in plain words, and then what the runner wrote. An interruption is said in full by the former. */
export function plainReason(type: FailureType | null, reason: string | null): string {
  if (type === 'RunnerInterrupted') return NEXT_STEPS.RunnerInterrupted.means;
  const means = type === null ? [] : [NEXT_STEPS[type].means];
  return [...means, reason ?? 'No reason was given.'].join(' ');
}

/** Whether somebody is still needed for failures of a cause: `14 clips open, new today.` */
export function causeSentence({
  open,
  isMadeGood,
  isNew,
}: {
  open: number;
  isMadeGood: boolean;
  isNew: boolean;
}): string {
  if (isMadeGood) return 'Made good since.';
  const parts = [
    open > 0 ? `${counted(open, 'clip')} open` : 'Open',
    ...(isNew ? ['new today'] : []),
  ];
  return `${parts.join(', ')}.`;
}
