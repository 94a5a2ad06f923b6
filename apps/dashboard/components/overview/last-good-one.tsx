import Link from 'next/link';
import { Moment } from '@/components/text/moment.tsx';
import { Name } from '@/components/text/words.tsx';
import { jobPath } from '@/lib/query/job-path.ts';
import type { LastGood } from '@/lib/query/last-good.ts';

/** Where others of the card came through, it is the clip that somebody has to look at. */
export function LastGoodOne({ lastGood: { name, at, job } }: { lastGood: LastGood }) {
  return (
    <span>
      Last good one of the same card:{' '}
      <Link href={jobPath(job)} prefetch={false}>
        <Name value={name} limit={160} />
      </Link>{' '}
      <Moment at={at} />
    </span>
  );
}
