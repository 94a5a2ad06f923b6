import type { JobResult } from '@app/jobspec/result';
import Link from 'next/link';
import { counted, formatCount } from '@/lib/text/quantities.ts';
import { CLIPS_A_PAGE, jobPath } from '@/lib/query/job-path.ts';
import type { JobRow } from '@/lib/index/job-row.ts';
import { ClipCard } from './clip-card.tsx';
import { TimingChart } from './timing-chart.tsx';
import styles from './job.module.css';

interface Props {
  row: JobRow;
  result: JobResult;
  /** Page of clips, from 1. */
  page: number;
}

/** The clips of a job with their timing; a failed one stands first, out of turn. */
export function Clips({ row, result, page }: Props) {
  const { clips, total_clips } = result;
  if (clips.length === 0) return null;
  const last = Math.ceil(clips.length / CLIPS_A_PAGE);
  const shown = Math.min(page, last);
  const first = (shown - 1) * CLIPS_A_PAGE;
  const onPage = clips.slice(first, first + CLIPS_A_PAGE);
  const numbered = onPage.map((clip, index) => ({ clip, number: first + index + 1 }));
  const ordered = numbered.toSorted((a, b) => rank(a.clip.status) - rank(b.clip.status));
  return (
    <>
      <section className={styles.section} aria-labelledby="clips">
        <h2 id="clips">
          {clips.length < total_clips && `${formatCount(clips.length)} of `}
          {counted(Math.max(total_clips, clips.length), 'clip')}
        </h2>
        <ol className={styles.clips}>
          {ordered.map(({ clip, number }) => (
            <ClipCard key={number} clip={clip} number={number} />
          ))}
        </ol>
        <ClipPager row={row} page={shown} last={last} />
      </section>
      <TimingChart result={result} clips={onPage} first={first + 1} />
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
