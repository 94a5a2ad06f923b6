import { isObject } from '@app/jobspec/folder';
import type { ReadClip, VerificationCheck } from '@app/jobspec/result';
import { Status } from '@/components/text/status.tsx';
import { ticksOf, type Tick } from '@/lib/words/ticks.ts';
import { counted } from '@/lib/words/quantities.ts';
import { clipped, visibleLine } from '@/lib/index/visible-text.ts';
import styles from './clip.module.css';

const VALUE_LIMIT = 300;
const CHECKS_SHOWN = 200;

/** Whether a proxy is right, in five lines; the measures stand behind each. */
export function Ticks({ clip }: { clip: ReadClip }) {
  return (
    <section className="stack" aria-labelledby="right">
      <h2 id="right">Verification</h2>
      <ul className={`sheet rows ${styles.ticks}`}>
        {ticksOf(clip).map((tick) => (
          <Line key={tick.title} tick={tick} />
        ))}
      </ul>
    </section>
  );
}

function Line({ tick: { title, passed, sentence, checks } }: { tick: Tick }) {
  return (
    <li>
      <Status verdict={passed === null ? 'waiting' : passed ? 'through' : 'failed'} label={title} />
      <span>{clipped(visibleLine(sentence), VALUE_LIMIT)}</span>
      {checks.length > 0 && (
        <details open={passed === false}>
          <summary>{counted(checks.length, 'check')}</summary>
          <Checks title={title} checks={checks} />
        </details>
      )}
    </li>
  );
}

function Checks({ title, checks }: { title: string; checks: readonly VerificationCheck[] }) {
  return (
    <div
      className={styles.checks}
      role="group"
      aria-label={`Checks of ${title.toLowerCase()}`}
      tabIndex={0}
    >
      <table>
        <thead>
          <tr className="soft">
            <th scope="col">Check</th>
            <th scope="col">Expected</th>
            <th scope="col">Actual</th>
          </tr>
        </thead>
        <tbody className="rows">
          {checks.slice(0, CHECKS_SHOWN).map(({ check, expected, actual, passed }) => (
            <tr
              key={`${check} ${JSON.stringify(expected)}`}
              data-of={passed ? undefined : 'failed'}
            >
              <th scope="row">{clipped(visibleLine(check.replaceAll('_', ' ')), VALUE_LIMIT)}</th>
              <td>{written(expected)}</td>
              <td>
                {!passed && '✗ '}
                {written(actual)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function written(value: unknown): string {
  return clipped(visibleLine(plain(value)), VALUE_LIMIT);
}

/** Lists and facts with names, as a reader would write them. */
function plain(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (!isObject(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, fact]) => `${name.replaceAll('_', ' ')} ${plain(fact)}`)
    .join(', ');
}
