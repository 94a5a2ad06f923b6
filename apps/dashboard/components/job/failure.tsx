import type { JobResult, Violation } from '@app/jobspec/result';
import { Name } from '@/components/text/name.tsx';
import { Sentence } from '@/components/text/sentence.tsx';
import { NEXT_STEPS } from '@/lib/format/next-steps.ts';
import styles from './job.module.css';

const VIOLATIONS_SHOWN = 100;

/** Why a job failed, before anything else. */
export function Failure({ result }: { result: JobResult }) {
  const { final_status, failure_reason, failure_type, violations } = result;
  if (final_status === 'COMPLETED') return null;
  return (
    <section
      className={styles.failure}
      data-verdict={final_status === 'PARTIAL' ? 'refused' : 'failed'}
      aria-labelledby="why"
    >
      <h2 id="why">{final_status === 'PARTIAL' ? 'Why it was refused' : 'Why it failed'}</h2>
      {failure_type !== null && <p>{NEXT_STEPS[failure_type].means}</p>}
      <p className={styles.reason}>
        <Sentence value={failure_reason ?? 'The result gives no reason.'} />
      </p>
      {failure_type !== null && <p className={styles.type}>{failure_type}</p>}
      <Violations violations={violations} />
    </section>
  );
}

function Violations({ violations }: { violations: readonly Violation[] }) {
  if (violations.length === 0) return null;
  const more = violations.length - VIOLATIONS_SHOWN;
  return (
    <ul className={styles.violations} aria-label="Violations of the contract">
      {violations.slice(0, VIOLATIONS_SHOWN).map((violation, index) => (
        // Nothing else tells two equal violations apart, and the list never changes its order.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <Name value={placeOf(violation)} />
          <Sentence value={violation.message} />
        </li>
      ))}
      {more > 0 && <li>and {more} more, in the raw result</li>}
    </ul>
  );
}

function placeOf({ path, line, column }: Violation): string {
  const at = line === undefined ? '' : `line ${line}${column === undefined ? '' : `:${column}`}`;
  return [path, at].filter((part) => part !== '').join(', ') || 'the document';
}
