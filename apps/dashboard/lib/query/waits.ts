import type { Waits } from '../jobs/pace.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { SPEED_HOURS } from './pace.ts';
import { Remembered } from './remembered.ts';

const HOUR_MS = 3_600_000;
/** Of a busier day the latest ones tell enough. */
const JOBS_LOOKED_AT = 2000;

interface Begun {
  started_at: string;
  waited: number;
}

const remembered = new Remembered<Waits>();

/** How long the jobs that ended lately had waited before they were begun, by the hour of that. */
export function waitsOf(index: WatchIndex, now: number): Waits {
  const hour = Math.floor(now / HOUR_MS);
  return remembered.of(index.version, String(hour), () => {
    const begun = index.ask<Begun>(
      `SELECT started_at, waited FROM job WHERE ended BETWEEN ? AND ? AND waited IS NOT NULL
       ORDER BY ended DESC LIMIT ${JOBS_LOOKED_AT}`,
      (hour - SPEED_HOURS + 1) * HOUR_MS,
      (hour + 1) * HOUR_MS,
    );
    const hours = Array.from({ length: SPEED_HOURS }, (): number[] => []);
    for (const { started_at, waited } of begun)
      hours[SPEED_HOURS - 1 - hour + Math.floor(Date.parse(started_at) / HOUR_MS)]?.push(waited);
    const all = hours.flat();
    return {
      hours: hours.map((waits) => (waits.length === 0 ? null : medianOf(waits))),
      jobs: all.length,
      median: medianOf(all),
      longest: Math.max(0, ...all),
    };
  });
}

/** Half of them are less; 0 when there is none. */
function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
