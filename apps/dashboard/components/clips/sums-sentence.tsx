import Link from 'next/link';
import { clipsSentence, cliplessSentence } from '@/lib/format/clip-sentences.ts';
import { soFar, type Reading } from '@/lib/format/so-far.ts';
import type { ClipSums } from '@/lib/jobs/clip-row.ts';
import { queryString, type JobQuery } from '@/lib/query/job-query.ts';

interface Props {
  index: Reading;
  query: JobQuery;
  sums: ClipSums;
  /** Jobs that failed before their clips were known: `sums` have none of them. */
  clipless: number;
}

/** What the sums of a view say, and behind it what they leave out. */
export function SumsSentence({ index, query, sums, clipless }: Props) {
  const failed = { ...query, state: 'failed', page: 1, pageSize: 50 } as const;
  return (
    <>
      {soFar(index, clipsSentence(sums))}
      {clipless > 0 && (
        <>
          {' '}
          <Link href={`/jobs${queryString(failed)}`}>{cliplessSentence(clipless)}</Link>
        </>
      )}
    </>
  );
}
