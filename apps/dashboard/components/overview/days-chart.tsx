import { finishedByDay, type Day } from '@/lib/query/counts.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { formatCount } from '@/lib/words/quantities.ts';
import { writtenDay } from '@/lib/words/written-moment.ts';
import { spanOfDay, TIME_ZONE } from '@/lib/query/days.ts';
import styles from './overview.module.css';

const DAYS = 14;
const HEIGHT = 120;
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact' });

/** Jobs that ended on each of the last days: through below, failed on top. */
export function DaysChart({ index }: { index: WatchIndex }) {
  const days = finishedByDay(index, DAYS, Date.now());
  const most = Math.max(1, ...days.map(({ through, failed }) => through + failed));
  return (
    <section className="stack" aria-labelledby="days">
      <h2 id="days">Jobs finished, last {DAYS} days</h2>
      <div className={`sheet padded ${styles.chart}`} role="list">
        {days.map((day) => (
          <Bar key={day.day} day={day} most={most} />
        ))}
      </div>
    </section>
  );
}

function Bar({ day: { day, through, failed }, most }: { day: Day; most: number }) {
  const height = (jobs: number) => (jobs === 0 ? 0 : Math.max(2, (jobs / most) * HEIGHT));
  const sum = through + failed;
  const told = `${writtenDay(spanOfDay(day).from, TIME_ZONE)}: ${formatCount(through)} done, ${formatCount(failed)} failed`;
  return (
    <div role="listitem" title={told}>
      <span aria-hidden="true">{sum === 0 ? '' : COMPACT.format(sum)}</span>
      <svg aria-hidden="true" height={height(through) + height(failed)}>
        <rect data-of="failed" width="100%" height={height(failed)} />
        <rect data-of="through" width="100%" y={height(failed)} height={height(through)} />
      </svg>
      <span aria-hidden="true">{day.slice(-2)}</span>
      <span className="visually-hidden">{told}</span>
    </div>
  );
}
