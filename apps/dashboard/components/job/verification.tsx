import type { VerificationCheck } from '@app/jobspec/result';
import { clipped, visibleLine } from '@/lib/text/visible-text.ts';
import styles from './job.module.css';

const VALUE_LIMIT = 300;
const CHECKS_SHOWN = 200;

/** What was compared: expected against actual, failed checks first. */
export function Verification({
  checks,
  open,
}: {
  checks: readonly VerificationCheck[];
  open: boolean;
}) {
  if (checks.length === 0) return null;
  const sorted = checks.toSorted((a, b) => Number(a.passed) - Number(b.passed));
  return (
    <details open={open}>
      <summary>Verification</summary>
      <div className={styles.scroll} role="group" aria-label="Verification" tabIndex={0}>
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
            {sorted.slice(0, CHECKS_SHOWN).map((check) => (
              <Check key={`${check.check} ${JSON.stringify(check.expected)}`} {...check} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
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
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return clipped(value.map(written).join(', '), VALUE_LIMIT);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return clipped(visibleLine(text), VALUE_LIMIT);
}
