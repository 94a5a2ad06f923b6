import type { Violation } from '@app/jobspec/result';
import Link from 'next/link';
import { Name, Reason, Sentence } from '@/components/text/words.tsx';
import { NEXT_STEPS } from '@/lib/format/next-steps.ts';
import { isEngineReason, ownWords } from '@/lib/format/sentences.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import { clipPath } from '@/lib/query/job-path.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import type { ResultHead } from '@/lib/reading/narrow-result.ts';
import styles from './job.module.css';

const VIOLATIONS_SHOWN = 100;
const VIOLATION_LIMIT = 400;

/** Why a job failed, before anything else. */
export function Failure({ job, result }: { job: OpenJob; result: ResultHead }) {
  const { final_status, failure_reason, failure_type, violations } = result;
  if (final_status === 'COMPLETED') return null;
  return (
    <section
      className={styles.failure}
      data-verdict={final_status === 'PARTIAL' ? 'refused' : 'failed'}
      aria-labelledby="why"
    >
      <h2 id="why">{final_status === 'PARTIAL' ? 'Why it was refused' : 'Why it failed'}</h2>
      {failure_type !== null && <p className={styles.reason}>{NEXT_STEPS[failure_type].means}</p>}
      <FailedClip job={job} result={result} />
      <Reason value={ownWords(failure_reason) ?? 'The result gives no reason.'} />
      {failure_type !== null && <p className={styles.type}>{failure_type}</p>}
      <Violations violations={violations} />
    </section>
  );
}

function FailedClip({ job: { row, failed }, result }: { job: OpenJob; result: ResultHead }) {
  if (failed === null) return null;
  const { number, clip } = failed;
  return (
    <p>
      <Link href={clipPath(row, number)}>
        Clip {number} of {Math.max(result.total_clips, number)}
      </Link>
      : <Name value={fileNameOf(clip.source_path)} />
      {clip.stderr !== null &&
        isEngineReason(clip) &&
        '. What the engine said last is shown there.'}
    </p>
  );
}

function Violations({ violations }: { violations: readonly Violation[] }) {
  if (violations.length === 0) return null;
  const more = violations.length - VIOLATIONS_SHOWN;
  return (
    <ul className={styles.violations} aria-label="Mistakes in the JobSpec">
      {violations.slice(0, VIOLATIONS_SHOWN).map((violation, index) => (
        // Nothing else tells two equal violations apart, and the list never changes its order.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <Name value={placeOf(violation)} />
          <Sentence value={violation.message} limit={VIOLATION_LIMIT} />
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
