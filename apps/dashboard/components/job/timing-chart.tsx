import { Fold } from '@/components/text/fold.tsx';
import { fileNameOf, formatDuration } from '@/lib/text/quantities.ts';
import { clipped, visibleLine } from '@/lib/text/visible-text.ts';
import { instant } from '@/lib/reading/narrow.ts';
import type { NumberedClip } from '@/lib/query/open-job.ts';
import type { ReadClip, ResultHead } from '@/lib/reading/narrow-result.ts';
import styles from './job.module.css';

/** Of the drawing, in pixels; places in time are percentages so that text keeps its size. */
const ROOMY = { row: 34, bar: 12 };
/** Of many clips the chart tells which one took long; the list says how long. */
const DENSE = { row: 10, bar: 7 };
const MANY = 8;
const AXIS = 22;
/** A shorter time would have one figure at every tick. */
const SHORTEST_MS = 500;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

interface Props {
  result: ResultHead;
  clips: readonly NumberedClip[];
}

/** When each clip was made, against the time that the whole job took. */
export function TimingChart({ result, clips }: Props) {
  const { start, end } = spanOf(result, clips);
  if (start === null || end === null || end - start < SHORTEST_MS || clips.length === 0)
    return null;
  const share = (at: string) => ((instant(at) ?? start) - start) / (end - start);
  const { row, bar } = clips.length > MANY ? DENSE : ROOMY;
  const height = clips.length * row + AXIS;
  return (
    <section className={styles.section} aria-labelledby="timing">
      <Fold id="timing" title="Timing">
        <div className={styles.timing}>
          <svg role="img" aria-label={description(clips)} height={height}>
            {TICKS.map((tick) => (
              <Tick key={tick} at={tick} seconds={((end - start) / 1000) * tick} height={height} />
            ))}
            {clips.map(({ clip, number }, index) => (
              <Bar
                key={number}
                clip={clip}
                number={number}
                from={share(clip.started_at)}
                to={share(clip.completed_at)}
                y={index * row}
                height={bar}
              />
            ))}
          </svg>
        </div>
      </Fold>
    </section>
  );
}

/** From start to end of the job; of one that was found again only its clips tell. */
function spanOf(
  { _recovery, started_at, completed_at }: ResultHead,
  clips: readonly NumberedClip[],
) {
  const isWhole = _recovery === undefined;
  return {
    start: instant(isWhole ? started_at : (clips[0]?.clip.started_at ?? null)),
    end: instant(isWhole ? completed_at : (clips.at(-1)?.clip.completed_at ?? null)),
  };
}

function Tick({ at, seconds, height }: { at: number; seconds: number; height: number }) {
  const anchor = at === 0 ? 'start' : at === 1 ? 'end' : 'middle';
  return (
    <>
      <line className={styles.grid} x1={percent(at)} x2={percent(at)} y1={0} y2={height - AXIS} />
      <text className={styles.tick} x={percent(at)} y={height - 4} textAnchor={anchor}>
        {formatDuration(Number(seconds.toFixed(1)))}
      </text>
    </>
  );
}

interface BarProps {
  clip: ReadClip;
  number: number;
  /** Shares of the job's time. */
  from: number;
  to: number;
  y: number;
  height: number;
}

function Bar({ clip, number, from, to, y, height }: BarProps) {
  const [left, right] = [within(from), within(to)];
  const isLate = left > 0.6;
  const label = `${String(number).padStart(3, '0')} · ${formatDuration(clip.duration_seconds)}`;
  return (
    <>
      <rect
        className={styles.bar}
        data-failed={clip.status === 'FAILED'}
        x={percent(left)}
        y={y}
        width={percent(Math.max(right - left, 0.003))}
        height={height}
      >
        <title>{label}</title>
      </rect>
      {height === ROOMY.bar && (
        <text
          className={styles.tick}
          x={percent(isLate ? right : left)}
          y={y + height + 14}
          textAnchor={isLate ? 'end' : 'start'}
        >
          {label}
        </text>
      )}
    </>
  );
}

function within(share: number): number {
  return Math.min(Math.max(share, 0), 1);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

function description(clips: readonly NumberedClip[]): string {
  const told = clips.map(
    ({ clip, number }) =>
      `clip ${number}, ${clipped(visibleLine(fileNameOf(clip.source_path)), 80)}: ${formatDuration(clip.duration_seconds)}`,
  );
  return `Time of each clip. ${told.join('; ')}.`;
}
