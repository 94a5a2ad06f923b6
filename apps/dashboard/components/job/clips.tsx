import Link from 'next/link';
import { counted, formatCount } from '@/lib/text/quantities.ts';
import { CLIPS_A_PAGE, jobPath } from '@/lib/query/job-path.ts';
import type { JobRow } from '@/lib/jobs/job-row.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import type { ResultHead } from '@/lib/reading/narrow-result.ts';
import { ClipCard } from './clip-card.tsx';
import { TimingChart } from './timing-chart.tsx';
import styles from './job.module.css';

interface Props {
  job: OpenJob;
  result: ResultHead;
  /** Page of clips, from 1. */
  page: number;
}

/** The clips of a job with their timing; a failed one stands first, out of turn. */
export function Clips({ job, result, page }: Props) {
  const { row, clips } = job;
  const { listed, total_clips } = result;
  if (listed === 0) return null;
  const ordered = clips.toSorted((a, b) => rank(a.clip.status) - rank(b.clip.status));
  return (
    <>
      <section className={styles.section} aria-labelledby="clips">
        <h2 id="clips">
          {listed < total_clips && `${formatCount(listed)} of `}
          {counted(Math.max(total_clips, listed), 'clip')}
        </h2>
        <ol className={styles.clips}>
          {ordered.map(({ clip, number }) => (
            <ClipCard key={number} clip={clip} number={number} />
          ))}
        </ol>
        <ClipPager row={row} page={page} last={Math.ceil(listed / CLIPS_A_PAGE)} />
      </section>
      <TimingChart result={result} clips={clips} />
    </>
  );
}

function rank(status: 'COMPLETED' | 'FAILED'): number {
  return status === 'FAILED' ? 0 : 1;
}

function ClipPager({ row, page, last }: { row: JobRow; page: number; last: number }) {
  if (last === 1) return null;
  return (
    <nav className={styles.pager} aria-label="Pages of clips">
      <span>
        Page {page} of {last}
      </span>
      {page > 1 && <Link href={`${jobPath(row)}?clips=${page - 1}`}>Previous clips</Link>}
      {page < last && <Link href={`${jobPath(row)}?clips=${page + 1}`}>Next clips</Link>}
    </nav>
  );
}
