import { isObject, type JsonObject } from '@app/jobspec/folder';
import type { ReadClip, VerificationCheck } from '@app/jobspec/result';
import { Status } from '@/components/text/status.tsx';
import { checkWords, measureWords, ticksOf, toleranceWords, unitOf } from '@/lib/words/ticks.ts';
import { plural } from '@/lib/words/quantities.ts';
import { clipped, visibleLine } from '@/lib/index/visible-text.ts';
import styles from './clip.module.css';

const VALUE_LIMIT = 300;
const CHECKS_SHOWN = 200;
const COLUMNS = ['Check', 'Expected', 'Actual', 'Tolerance', 'Unit'];

/** Verdicts on the five subjects of verification. */
export function Ticks({ clip }: { clip: ReadClip }) {
  return (
    <section className="stack" aria-labelledby="right">
      <h2 id="right">Verification</h2>
      <ul className={`sheet rows ${styles.ticks}`}>
        {ticksOf(clip).map(({ title, passed, sentence }) => (
          <li key={title}>
            <Status
              verdict={passed === null ? 'waiting' : passed ? 'through' : 'failed'}
              label={title}
            />
            <span>{written(sentence)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Table of all checks, by subject. */
export function Checks({ clip }: { clip: ReadClip }) {
  const { verification } = clip;
  const checks = ticksOf(clip).flatMap((tick) => tick.checks);
  return (
    <details className={styles.checks} open={verification.some(({ passed }) => !passed)}>
      <summary>{plural(checks.length, 'check')}</summary>
      <div role="region" aria-label="Checks" tabIndex={0}>
        <table>
          <thead>
            <tr className="soft">
              {COLUMNS.map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="rows">
            {checks.slice(0, CHECKS_SHOWN).map((check) => (
              <Row key={`${check.check} ${JSON.stringify(check.expected)}`} check={check} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Row({ check }: { check: VerificationCheck }) {
  const { check: name, tolerance, passed } = check;
  const [expected, actual] = [written(check.expected), written(check.actual)];
  // Without a tolerance, a passed check may accept several values, such as "at least 1".
  const limit = !passed || expected === actual ? 'exact' : '';
  return (
    <tr data-of={passed ? undefined : 'failed'}>
      <th scope="row">{written(checkWords(name))}</th>
      <td>{expected}</td>
      <td>
        {!passed && '✗ '}
        {actual}
      </td>
      <td>{tolerance ? toleranceWords(tolerance) : limit}</td>
      <td>{unitOf(check)}</td>
    </tr>
  );
}

function written(value: unknown): string {
  return clipped(visibleLine(plain(value)), VALUE_LIMIT);
}

/** Largest difference and its place: `largest 0.35 levels (mean of Y, area blue, frame 48, timecode 10:01:01:23)`. */
function largest({ levels, ...place }: JsonObject): string {
  const where = plain(place);
  return `largest ${String(levels)} levels${where === '' ? '' : ` (${where})`}`;
}

/** Text for lists and objects without JSON syntax. `und` is ISO 639's code for no language. */
function plain(value: unknown): string {
  if (value === null || value === undefined || value === 'und') return 'none';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (!isObject(value)) return JSON.stringify(value);
  if (typeof value['levels'] === 'number') return largest(value);
  return Object.entries(value)
    .filter(([, fact]) => fact !== null)
    .map(([name, fact]) => {
      const words = name === 'mean' ? measureWords(String(fact)) : plain(fact);
      return `${measureWords(name)} ${words}`.trim();
    })
    .join(', ');
}
