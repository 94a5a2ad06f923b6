import Link from 'next/link';
import { cliplessSentence, viewSentence } from '@/lib/format/clip-sentences.ts';
import { soFar, type Reading } from '@/lib/format/so-far.ts';
import type { ClipPage } from '@/lib/query/select-clips.ts';
import { queryString, type JobQuery } from '@/lib/query/job-query.ts';

interface Props {
  index: Reading;
  query: JobQuery;
  view: Pick<ClipPage, 'sums' | 'isCounted' | 'sources' | 'clipless'>;
}

/** What the sums of a view say, and behind it what they leave out. */
export function SumsSentence({ index, query, view }: Props) {
  const { clipless } = view;
  const failed = { ...query, state: 'failed', page: 1, pageSize: 50 } as const;
  return (
    <>
      {soFar(index, viewSentence(view, query.clip_state))}
      {clipless > 0 && (
        <>
          {' '}
          <Link href={`/jobs${queryString(failed)}`}>{cliplessSentence(clipless)}</Link>
        </>
      )}
    </>
  );
}
