import { isRefusedForGood } from '@app/jobspec/ledger';
import { adviceOf, type Advice, type Violation } from '@app/jobspec/result';
import { A } from '@/components/text/a.tsx';
import { CopyButton } from '@/components/text/copy-button.tsx';
import { Name, Path, Sentence } from '@/components/text/words.tsx';
import { forWhom, isEngineReason, retryCommand } from '@/lib/words/sentences.ts';
import { clipPath } from '@/lib/query/job-path.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { formatCount } from '@/lib/words/quantities.ts';
import { fileNameOf } from '@/lib/index/paths.ts';
import { clipped, visibleText } from '@/lib/index/visible-text.ts';
import styles from './job.module.css';

/** Failure type whose reason is a list of violations. */
const LISTED = 'JobSpecValidationError';
const VIOLATIONS_SHOWN = 100;
const VIOLATION_LIMIT = 400;
const TEXT_LIMIT = 65_536;

interface Props {
  job: OpenJob;
  /** Path of the watch folder on this machine. */
  folderPath: string;
}

/** Failure of a job, with its reason and remedy. */
export function Failure({ job, folderPath }: Props) {
  const { row, result } = job;
  const { failure_type: type } = row;
  const isDone = row.clips_open === 0;
  const advice = type && adviceOf(type, row.failure_reason, result?.cause ?? null);
  return (
    <section
      className={`sheet padded stack ${styles.failure} ${isDone ? styles.done : ''}`}
      aria-labelledby="why"
    >
      <h2 id="why">{advice?.short ?? 'What happened'}</h2>
      <FailedClip job={job} />
      {type === LISTED ? (
        <Violations violations={result?.violations ?? []} />
      ) : (
        advice !== null &&
        // The heading says the same.
        type !== 'RunnerInterrupted' && (
          <p>
            <Sentence value={advice.what ?? 'No reason was given.'} />
          </p>
        )
      )}
      {isDone ? (
        <p>
          <strong>Nothing to do:</strong> other jobs have made its missing proxies or have them
          queued, or it was put aside.
        </p>
      ) : (
        <Remedy advice={advice} />
      )}
      <DismissCommand {...{ job, folderPath }} />
      <RetryCommand {...{ job, folderPath }} />
    </section>
  );
}

function FailedClip({ job: { row, failed } }: { job: OpenJob }) {
  if (failed === null) return null;
  const hasLog = Boolean(failed.clip.stderr?.trim()) && isEngineReason(failed.clip);
  return (
    <p>
      <A href={clipPath(row, failed.index)}>
        <Name value={fileNameOf(failed.clip.source_path)} limit={160} />
      </A>
      {hasLog && ': see its page for the engine log.'}
    </p>
  );
}

/** Remedy and the role that can apply it. @param advice `null` without a result */
export function Remedy({ advice }: { advice: Advice | null }) {
  const text =
    advice === null
      ? 'See the files below. If the runner is still writing the result, this page updates itself.'
      : advice.advice;
  return (
    <p>
      {text !== null && (
        <>
          <strong>What to do:</strong> {text}{' '}
        </>
      )}
      {advice !== null && <span className="soft">{forWhom(advice.who)}.</span>}
    </p>
  );
}

/** Command that puts a rejected job aside, for one that a corrected job has replaced. */
function DismissCommand({ job: { row }, folderPath }: Props) {
  if (row.failure_type !== LISTED || row.clips_open === 0) return null;
  return (
    <>
      <p>Done by a corrected job? Put this one aside:</p>
      <Command
        label="Command that puts it aside"
        text={retryCommand(folderPath, row.name, ['--dismiss'])}
      />
    </>
  );
}

/** Command that retries the missing clips, unless the JobSpec would be rejected again. */
function RetryCommand({ job: { row, result }, folderPath }: Props) {
  const { clips_open: open } = row;
  const state = row.final_status === 'PARTIAL' ? 'refused' : 'failed';
  if (open === null || open === 0) return null;
  if (isRefusedForGood({ state, cause: result?.cause ?? null })) return null;
  return (
    <>
      <p>
        To make {open === 1 ? 'the missing proxy' : `the ${formatCount(open)} missing proxies`}:
      </p>
      <Command label="Command for a retry" text={retryCommand(folderPath, row.name)} />
    </>
  );
}

/** Command or log with a copy button. */
export function Command({ label, text }: { label: string; text: string }) {
  return (
    <div className={`stack ${styles.command}`}>
      <pre className={styles.code} role="region" tabIndex={0} aria-label={label}>
        {visibleText(clipped(text, TEXT_LIMIT))}
      </pre>
      <CopyButton text={text} label="Copy" />
    </div>
  );
}

function Violations({ violations }: { violations: readonly Violation[] }) {
  if (violations.length === 0) return null;
  const more = violations.length - VIOLATIONS_SHOWN;
  return (
    <ul className={`rows ${styles.violations}`} aria-label="Errors in the JobSpec">
      {violations.slice(0, VIOLATIONS_SHOWN).map((violation, index) => (
        // Violations may be equal, and their order never changes.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <Path value={placeOf(violation)} limit={300} />
          <Sentence
            value={violation.message.replace(violation.path, '').trimStart()}
            limit={VIOLATION_LIMIT}
          />
        </li>
      ))}
      {more > 0 && <li>+ {more} more, in the full JSON</li>}
    </ul>
  );
}

function placeOf({ path, line, column }: Violation): string {
  const at = line === undefined ? '' : `line ${line}${column === undefined ? '' : `:${column}`}`;
  const place = path.replace(/^sources\[(\d+)\]/u, (_, index) => `Source ${Number(index) + 1}`);
  return [place, at].filter((part) => part !== '').join(', ') || 'whole file';
}
