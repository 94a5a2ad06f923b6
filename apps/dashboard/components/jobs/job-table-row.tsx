import type { ReactNode } from 'react';
import { Moment } from '@/components/text/moment.tsx';
import { Name } from '@/components/text/words.tsx';
import { JobStatus } from '@/components/text/job-status.tsx';
import { formatBytes, formatDuration } from '@/lib/text/quantities.ts';
import type { RunnerView } from '@/lib/jobs/folder-view.ts';
import type { JobRow } from '@/lib/jobs/job-row.ts';
import { JobName } from './job-name.tsx';
import styles from './jobs.module.css';

interface Props {
  row: JobRow;
  /** Of its folder. */
  runner: RunnerView | undefined;
  /** What its first clip shows; nothing when there is no picture. */
  poster: ReactNode;
  /** What a search has found in it. */
  children: ReactNode;
}

/** One job. */
export function JobTableRow({ row, runner, poster, children }: Props) {
  return (
    <tr role="row">
      <td role="cell">
        <JobStatus row={row} runner={runner} isListed />
      </td>
      <td role="cell" className={styles.job}>
        {poster}
        <JobName row={row} />
        {children}
      </td>
      <td role="cell" className={styles.folder}>
        <Name value={row.folder} />
      </td>
      <td role="cell">{row.execution_engine}</td>
      <Figure label="Clips">{clipsOf(row)}</Figure>
      <Figure label="Output">
        {row.output_size_bytes ? formatBytes(row.output_size_bytes) : null}
      </Figure>
      <Figure label="Took">
        {row.duration_seconds === null ? null : formatDuration(row.duration_seconds)}
      </Figure>
      <Figure label="Worker">{row.worker_id}</Figure>
      <td role="cell" className={styles.number}>
        <Moment at={row.when} />
      </td>
    </tr>
  );
}

/** A figure with its label on narrow screens, where no column head stands over it. */
function Figure({ label, children }: { label: string; children: ReactNode }) {
  if (children === null) return <td role="cell" />;
  return (
    <td role="cell" className={styles.number}>
      <span className={styles.label}>{label} </span>
      {children}
    </td>
  );
}

function clipsOf({ completed_clips, total_clips }: JobRow): string | null {
  if (total_clips === null || total_clips === 0) return null;
  return completed_clips === null ? String(total_clips) : `${completed_clips} / ${total_clips}`;
}
