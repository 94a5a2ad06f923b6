import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { timeZone } from '@/lib/query/days.ts';
import { throughputByDay, throughputByHour, type Throughput } from '@/lib/query/throughput.ts';
import { weekSentence } from '@/lib/format/pace-sentences.ts';
import { ThroughputChart } from './throughput-chart.tsx';
import styles from './overview.module.css';

const DAYS = 14;
const everyThirdHour = (hour: string) => (Number(hour) % 3 === 0 ? hour : '');
const dayOfMonth = (day: string) => day.slice(-2);

/** Jobs that ended today, and on the last days. */
export function ThroughputCharts({ index }: { index: WatchIndex }) {
  const now = Date.now();
  const today = throughputByHour(index, now);
  return (
    <section className={styles.section} aria-labelledby="throughput">
      <h2 id="throughput">Throughput</h2>
      <div className={styles.columns}>
        <ThroughputChart
          id="today"
          title={`Today by the hour, ${timeZone()}`}
          unit="Hour"
          data={today}
          tick={everyThirdHour}
          note={noteOf(today, new Date(now).getHours())}
        />
        <ThroughputChart
          id="days"
          title={`Last ${DAYS} days`}
          unit="Day"
          data={throughputByDay(index, DAYS, now)}
          tick={dayOfMonth}
        />
      </div>
    </section>
  );
}

/** Whole hours are compared, this one too. */
function noteOf(hours: readonly Throughput[], hour: number): string {
  const soFar = hours.slice(0, hour + 1);
  return weekSentence(
    soFar.reduce((sum, { completed, failed }) => sum + completed + failed, 0),
    soFar.reduce((sum, { before = 0 }) => sum + before, 0),
  );
}
