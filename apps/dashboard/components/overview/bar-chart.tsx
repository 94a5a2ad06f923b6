import { scaleEnd } from '@/lib/format/scale.ts';
import { Scale, SCALE_SHARE } from './scale.tsx';
import styles from './overview.module.css';

/** Of the drawing, in pixels. */
const TOP = 10;
const BASELINE = 74;
const BAR_SHARE = 0.68;

export interface ChartBar {
  /** Under the bar; an empty text leaves it out. */
  tick: string;
  /** `null` where nothing was measured. */
  value: number | null;
}

interface Props {
  id: string;
  title: string;
  /** What the chart says, in words. */
  sentence: string;
  bars: readonly ChartBar[];
  format: (value: number) => string;
}

/** A small chart under the sentence that says the same. */
export function BarChart({ id, title, sentence, bars, format }: Props) {
  const end = scaleEnd(Math.max(0, ...bars.map(({ value }) => value ?? 0)));
  const slot = (100 - SCALE_SHARE) / bars.length;
  return (
    <figure className={styles.small} aria-labelledby={id}>
      <figcaption>
        <strong id={id}>{title}</strong>
        <span>{sentence}</span>
      </figcaption>
      <svg role="img" aria-label={`${title}: ${sentence}`}>
        <Scale end={end} top={TOP} baseline={BASELINE} format={format} />
        {bars.map(({ tick, value }, place) => {
          const height = value === null ? 0 : (value / end) * (BASELINE - TOP);
          const left = SCALE_SHARE + place * slot;
          return (
            // Bars have no name but their place, which never changes.
            // oxlint-disable-next-line react/no-array-index-key
            <g key={place}>
              <rect
                className={styles.barPlain}
                x={`${left + (slot * (1 - BAR_SHARE)) / 2}%`}
                width={`${slot * BAR_SHARE}%`}
                y={BASELINE - height}
                height={height}
              />
              <text className={styles.tick} x={`${left + slot / 2}%`} y={BASELINE + 16}>
                {tick}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
