import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { timeZone } from '@/lib/query/days.ts';
import { throughputByDay, throughputByHour } from '@/lib/query/throughput.ts';
import { ThroughputChart } from './throughput-chart.tsx';
import styles from './overview.module.css';

const DAYS = 14;
const everyThirdHour = (hour: string) => (Number(hour) % 3 === 0 ? hour : '');
const dayOfMonth = (day: string) => day.slice(-2);

/** Jobs that ended today, and on the last days. */
export function ThroughputCharts({ index }: { index: WatchIndex }) {
  const now = Date.now();
  return (
    <section className={styles.section} aria-labelledby="throughput">
      <h2 id="throughput">Throughput</h2>
      <div className={styles.columns}>
        <ThroughputChart
          id="today"
          title={`Today by the hour, ${timeZone()}`}
          unit="Hour"
          data={throughputByHour(index, now)}
          tick={everyThirdHour}
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
