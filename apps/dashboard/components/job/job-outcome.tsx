import Link from 'next/link';
import { Name } from '@/components/text/words.tsx';
import { outcomeWords } from '@/lib/format/outcome-words.ts';
import type { JobOutcome as Outcome } from '@/lib/jobs/job-row.ts';
import { jobPath } from '@/lib/query/job-path.ts';

/** What became of the clips that a failed job did not make, and by which job. */
export function JobOutcome({
  outcome,
  className,
}: {
  outcome: Outcome | null;
  className: string | undefined;
}) {
  if (outcome === null || outcome.by === null) return null;
  const words = outcomeWords(outcome);
  if (words === null) return null;
  return (
    <p className={className}>
      {words}{' '}
      <Link href={jobPath(outcome.by)} prefetch={false}>
        <Name value={outcome.by.name} limit={160} />
      </Link>
      {outcome.jobs > 1 && ' and others'}.
    </p>
  );
}
