import { formatCount } from '@/lib/text/quantities.ts';
import { scaleEnd } from '@/lib/format/scale.ts';
import type { Throughput } from '@/lib/query/throughput.ts';
import { Figures } from './figures.tsx';
import { Scale, SCALE_SHARE } from './scale.tsx';
import styles from './overview.module.css';

/** Of the drawing, in pixels; widths are percentages so that text keeps its size on any screen. */
const TOP = 18;
const BASELINE = 138;
const BAR_SHARE = 0.68;

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact' });

interface Props {
  id: string;
  title: string;
  /** What the buckets are, as the head of a table column. */
  unit: string;
  data: readonly Throughput[];
  /** What stands under a bar; an empty text leaves it out. */
  tick: (label: string) => string;
  /** How this compares with a week ago, in a sentence. */
  note?: string;
}

/** Jobs that ended, as stacked bars: failed ones stand on top and are hatched. A table says the same in figures. */
export function ThroughputChart({ id, title, unit, data, tick, note }: Props) {
  const end = scaleEnd(
    Math.max(
      ...data.map(({ completed, failed, unclear, before = 0 }) =>
        Math.max(completed + failed + unclear, before),
      ),
    ),
  );
  const sum = (of: 'completed' | 'failed' | 'unclear') =>
    data.reduce((total, bucket) => total + bucket[of], 0);
  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <Legend {...{ id, title, note, sum }} />
      <svg
        role="img"
        aria-label={`${title}: ${sum('completed')} completed, ${sum('failed')} failed${sum('unclear') > 0 ? `, ${sum('unclear')} not known` : ''}. ${note ?? ''}`}
      >
        <Hatch id={`${id}-hatch`} />
        <Scale end={end} top={TOP} baseline={BASELINE} format={compact} />
        {data.map((bucket, index) => (
          <Bar
            key={bucket.label}
            {...bucket}
            {...{ index, end, tick }}
            count={data.length}
            hatch={`url(#${id}-hatch)`}
          />
        ))}
      </svg>
      <Figures unit={unit} data={data} />
    </figure>
  );
}

interface LegendProps extends Pick<Props, 'id' | 'title' | 'note'> {
  sum: (of: 'completed' | 'failed' | 'unclear') => number;
}

function Legend({ id, title, note, sum }: LegendProps) {
  return (
    <figcaption className={styles.legend}>
      <strong id={id}>{title}</strong>
      <span>
        <span className={styles.key}>{formatCount(sum('completed'))} completed</span>
        <span className={styles.key} data-of="failed">
          {formatCount(sum('failed'))} failed
        </span>
        {sum('unclear') > 0 && (
          <span className={styles.key} data-of="unclear">
            {formatCount(sum('unclear'))} not known
          </span>
        )}
        {note !== undefined && (
          <span className={styles.key} data-of="before">
            a week ago
          </span>
        )}
      </span>
      {note !== undefined && <span className={styles.note}>{note}</span>}
    </figcaption>
  );
}

interface BarProps extends Throughput {
  index: number;
  count: number;
  /** What the top of the scale stands for. */
  end: number;
  tick: Props['tick'];
  /** What failed jobs are painted with. */
  hatch: string;
}

function Bar({
  label,
  completed,
  failed,
  unclear,
  before,
  index,
  count,
  end,
  tick,
  hatch,
}: BarProps) {
  const slot = (100 - SCALE_SHARE) / count;
  const centre = SCALE_SHARE + (index + 0.5) * slot;
  const scale = (jobs: number) => (jobs === 0 ? 0 : Math.max(2, (jobs / end) * (BASELINE - TOP)));
  const [doneHeight, failedHeight, unclearHeight] = [completed, failed, unclear].map(scale) as [
    number,
    number,
    number,
  ];
  const place = { x: `${centre - (slot * BAR_SHARE) / 2}%`, width: `${slot * BAR_SHARE}%` };
  const top = BASELINE - doneHeight - failedHeight - unclearHeight;
  return (
    <g>
      <rect className={styles.barDone} {...place} y={BASELINE - doneHeight} height={doneHeight} />
      <rect fill={hatch} {...place} y={top + unclearHeight} height={failedHeight} />
      <rect className={styles.barUnclear} {...place} y={top} height={unclearHeight} />
      {before !== undefined && before > 0 && (
        <line
          className={styles.before}
          x1={place.x}
          x2={`${centre + (slot * BAR_SHARE) / 2}%`}
          y1={BASELINE - scale(before)}
          y2={BASELINE - scale(before)}
        />
      )}
      {completed + failed + unclear > 0 && count <= 14 && (
        <text className={styles.value} x={`${centre}%`} y={top - 5}>
          {compact(completed + failed + unclear)}
        </text>
      )}
      <text className={styles.tick} x={`${centre}%`} y={BASELINE + 17}>
        {tick(label)}
      </text>
    </g>
  );
}

/** Told apart from plain bars without a look at the colour. */
function Hatch({ id }: { id: string }) {
  return (
    <pattern
      id={id}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect className={styles.hatchGround} width="6" height="6" />
      <line className={styles.hatch} x1="1.500" x2="1.500" y2="6" />
    </pattern>
  );
}

function compact(count: number): string {
  return COMPACT.format(count);
}
