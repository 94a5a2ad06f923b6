import styles from './overview.module.css';

/** What a chart leaves free on its left for the figures of its scale, in percent. */
export const SCALE_SHARE = 9;

interface Props {
  /** What the top stands for. */
  end: number;
  /** Of the drawing, in pixels. */
  top: number;
  baseline: number;
  format: (value: number) => string;
}

/** Lines at the half and the whole of a scale that begins with 0. */
export function Scale({ end, top, baseline, format }: Props) {
  return (
    <>
      {[0.5, 1].map((share) => {
        const y = baseline - share * (baseline - top);
        return (
          <g key={share}>
            <line className={styles.grid} x1={`${SCALE_SHARE}%`} x2="100%" y1={y} y2={y} />
            <text className={styles.scale} x={`${SCALE_SHARE - 1}%`} y={y + 4}>
              {format(end * share)}
            </text>
          </g>
        );
      })}
      <line className={styles.axis} x1={`${SCALE_SHARE}%`} x2="100%" y1={baseline} y2={baseline} />
    </>
  );
}
