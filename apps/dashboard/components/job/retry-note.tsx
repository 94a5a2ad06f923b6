import Link from 'next/link';
import { Name } from '@/components/text/words.tsx';
import { retryWords } from '@/lib/format/outcome-words.ts';
import type { JobOutcome } from '@/lib/jobs/job-row.ts';
import { jobPath } from '@/lib/query/job-path.ts';

interface Props {
  outcome: JobOutcome | null;
  className?: string | undefined;
}

/** That a job waits or runs which is to make what is open of a failed one. */
export function RetryNote({ outcome, className }: Props) {
  if (outcome === null || outcome.retry === null) return null;
  const { retry } = outcome;
  return (
    <p className={className}>
      {retryWords(outcome, retry)}{' '}
      <Link href={jobPath(retry)} prefetch={false}>
        <Name value={retry.name} limit={160} />
      </Link>
    </p>
  );
}
