import {
  formatSpeed,
  queueSentence,
  speedSentence,
  timeUnit,
  waitsSentence,
} from '@/lib/format/pace-sentences.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { encodeSpeed, queueOf, SPEED_HOURS, WAITS } from '@/lib/query/pace.ts';
import { waitsOf } from '@/lib/query/waits.ts';
import { formatCount } from '@/lib/text/quantities.ts';
import { BarChart } from './bar-chart.tsx';
import { FreeSpace } from './free-space.tsx';
import styles from './overview.module.css';

const WAIT_TICKS = [...WAITS.map((minutes) => `< ${minutes} min`), 'longer'];

/** Why it is slow today: how fast clips are made, how long jobs wait, what is free. */
export function Pace({ index }: { index: WatchIndex }) {
  const now = Date.now();
  const [speed, queue, waits] = [encodeSpeed(index, now), queueOf(index, now), waitsOf(index, now)];
  const unit = timeUnit(Math.max(0, ...waits.hours.map((wait) => wait ?? 0)));
  return (
    <section className={styles.section} aria-labelledby="pace">
      <h2 id="pace">Pace</h2>
      <div className={styles.pace}>
        <BarChart
          id="speed"
          title={`Encoding, last ${SPEED_HOURS} hours`}
          sentence={speedSentence(speed)}
          bars={speed.hours.map((value, place) => ({ value, tick: hoursAgo(place) }))}
          format={formatSpeed}
        />
        <BarChart
          id="queue"
          title="Waiting now, by how long"
          sentence={queueSentence(queue)}
          bars={queue.counts.map((value, place) => ({ value, tick: WAIT_TICKS[place] ?? '' }))}
          format={formatCount}
        />
        <BarChart
          id="waits"
          title={`Wait before the start, last ${SPEED_HOURS} hours`}
          sentence={waitsSentence(waits)}
          bars={waits.hours.map((value, place) => ({
            value: value === null ? null : value / unit.seconds,
            tick: hoursAgo(place),
          }))}
          format={(value) => `${formatCount(value)} ${unit.name}`}
        />
        <FreeSpace folders={index.folders} />
      </div>
    </section>
  );
}

/** Under every sixth hour. */
function hoursAgo(place: number): string {
  const ago = SPEED_HOURS - 1 - place;
  if (ago === 0) return 'now';
  return ago % 6 === 0 ? `−${ago} h` : '';
}
