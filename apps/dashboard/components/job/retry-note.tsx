import Link from 'next/link';
import { Name } from '@/components/text/words.tsx';
import { placeOf, retriesWords, retryWords, unclearWords } from '@/lib/format/outcome-words.ts';
import type { JobOutcome, OtherJob } from '@/lib/jobs/job-row.ts';
import { jobPath } from '@/lib/query/job-path.ts';

interface Props {
  outcome: JobOutcome | null;
  className?: string | undefined;
}

/** That jobs wait or run which are to make what is open of a failed one, and that nobody can tell what became of one. */
export function RetryNote({ outcome, className }: Props) {
  if (outcome === null) return null;
  const { retryJobs, unclearBy, unclearJobs } = outcome;
  return (
    <>
      {retryJobs === 1 && <OneRetry outcome={outcome} className={className} />}
      {retryJobs > 1 && <Retries outcome={outcome} className={className} />}
      {unclearBy !== null && (
        <p className={className}>
          {unclearWords(outcome)} <OtherLink job={unclearBy} />
          {unclearJobs > 1 && ' and others'}.
        </p>
      )}
    </>
  );
}

function OneRetry({ outcome, className }: { outcome: JobOutcome; className: string | undefined }) {
  const [retry] = outcome.retries;
  if (retry === undefined) return null;
  return (
    <p className={className}>
      {retryWords(outcome, retry)} <OtherLink job={retry} />
    </p>
  );
}

function Retries({ outcome, className }: { outcome: JobOutcome; className: string | undefined }) {
  const more = outcome.retryJobs - outcome.retries.length;
  return (
    <p className={className}>
      {retriesWords(outcome)}{' '}
      {outcome.retries.map((retry, at) => (
        <span key={jobPath(retry)}>
          {at > 0 && '; '}
          <OtherLink job={retry} /> {placeOf(retry)}
        </span>
      ))}
      {more > 0 && `; and ${more} more`}.
    </p>
  );
}

function OtherLink({ job }: { job: OtherJob }) {
  return (
    <Link href={jobPath(job)} prefetch={false}>
      <Name value={job.name} limit={160} />
    </Link>
  );
}
