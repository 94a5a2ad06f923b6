import Link from 'next/link';
import { Name } from '@/components/text/words.tsx';
import { madeOf, outcomeWords } from '@/lib/format/outcome-words.ts';
import type { JobOutcome as Outcome } from '@/lib/jobs/job-row.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import { RetryNote } from './retry-note.tsx';

/** What became of the clips that a failed job did not make, by which job, and whether one is to make them. */
export function JobOutcome({
  outcome,
  className,
  openClassName,
}: {
  outcome: Outcome | null;
  className: string | undefined;
  /** While a clip is open. */
  openClassName?: string | undefined;
}) {
  const words = outcome === null || outcome.by === null ? null : outcomeWords(outcome);
  return (
    <>
      {outcome?.by != null && words !== null && (
        <p className={madeOf(outcome) === null ? openClassName : className}>
          {words}{' '}
          <Link href={jobPath(outcome.by)} prefetch={false}>
            <Name value={outcome.by.name} limit={160} />
          </Link>
          {outcome.jobs > 1 && ' and others'}.
        </p>
      )}
      <RetryNote outcome={outcome} className={className} />
    </>
  );
}
