import type { VerificationCheck } from '@app/jobspec/result';
import { isObject } from '@/lib/reading/narrow.ts';
import { counted } from '@/lib/text/quantities.ts';
import { clipped, visibleLine } from '@/lib/text/visible-text.ts';
import styles from './job.module.css';

const VALUE_LIMIT = 300;
const CHECKS_SHOWN = 200;

/** What was compared: expected against actual. Checks that failed stand open, the others behind their number. */
export function Verification({ checks }: { checks: readonly VerificationCheck[] }) {
  const [failed, passed] = [false, true].map((is) => checks.filter((check) => check.passed === is));
  return (
    <>
      {failed !== undefined && <Checks label="Checks that failed" checks={failed} />}
      {passed !== undefined && passed.length > 0 && (
        <details>
          <summary>Verification: {counted(passed.length, 'check')} passed</summary>
          <Checks label="Checks that passed" checks={passed} />
        </details>
      )}
    </>
  );
}

function Checks({ label, checks }: { label: string; checks: readonly VerificationCheck[] }) {
  if (checks.length === 0) return null;
  return (
    <div className={styles.scroll} role="group" aria-label={label} tabIndex={0}>
      <table className={styles.checks}>
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col">Expected</th>
            <th scope="col">Actual</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {checks.slice(0, CHECKS_SHOWN).map((check) => (
            <Check key={`${check.check} ${JSON.stringify(check.expected)}`} {...check} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Check({ check, expected, actual, passed }: VerificationCheck) {
  return (
    <tr data-passed={passed}>
      <th scope="row">{clipped(visibleLine(check.replaceAll('_', ' ')), VALUE_LIMIT)}</th>
      <td>{written(expected)}</td>
      <td>{written(actual)}</td>
      <td className={styles.verdict} data-passed={passed}>
        {passed ? '✓ passed' : '✗ differs'}
      </td>
    </tr>
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
