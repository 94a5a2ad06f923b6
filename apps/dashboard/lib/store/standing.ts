import { standingOf as judged, type AttemptState } from '@app/jobspec/ledger';
import { CLIP_STATUSES, type ClipStatus } from '../jobs/clip-row.ts';

/** One attempt at a proxy. */
export interface Attempt {
  id: number;
  /** Its place in `CLIP_STATUSES`. */
  status: number;
  /** When it ended, milliseconds. */
  at: number;
  /** The file that it made or began; empty when it came to none. */
  output_path: string;
}

/** Where a proxy stands, by all attempts at it. */
export interface Standing {
  /** The attempt that says so. */
  stands: number;
  /** Whether it made good one that failed before. */
  isMadeGood: boolean;
}

const STATES: Record<ClipStatus, AttemptState> = {
  FAILED: 'failed',
  NOT_MADE: 'not_begun',
  UNKNOWN: 'unknown',
  RUNNING: 'running',
  WAITING: 'waiting',
  COMPLETED: 'made',
};

/** The ledger's rule, for which of the attempts lists show: of several files that are there, the latest. */
export function standingOf(attempts: readonly Attempt[]): Standing {
  const known = attempts
    .toSorted((a, b) => a.id - b.id)
    .map(({ id, at, status, output_path }) => ({
      id,
      at,
      state: STATES[CLIP_STATUSES[status] ?? 'UNKNOWN'],
      output: output_path === '' ? null : output_path,
    }));
  const standing = judged(known);
  const decides = standing.missing ?? standing.made.at(-1);
  const isMadeGood = known.some((one) => {
    const { relation } = standing.attempts.get(one) ?? {};
    return relation === 'made_good';
  });
  return { stands: decides?.id ?? 0, isMadeGood: decides?.state === 'made' && isMadeGood };
}
