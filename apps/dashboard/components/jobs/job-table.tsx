import type { ReactNode } from 'react';
import { A } from '@/components/text/a.tsx';
import { Moment } from '@/components/text/moment.tsx';
import { Status } from '@/components/text/status.tsx';
import { CardLink, Name, Sentence } from '@/components/text/words.tsx';
import { jobCards, type JobCards } from '@/lib/query/job-rows.ts';
import { plainReason } from '@/lib/words/sentences.ts';
import { verdictOf } from '@/lib/words/state-words.ts';
import type { JobRow } from '@/lib/index/job-row.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import { plural, formatBytes, formatDuration } from '@/lib/words/quantities.ts';
import styles from './jobs.module.css';

interface Column {
  label: string;
  /** `null` for an empty cell. */
  cell: (job: JobProps) => ReactNode;
  isNumber?: true;
  /** True if the cell has its label on narrow screens, which have no column headers. */
  isNamed?: true;
  className?: string;
}

const FIGURE = { isNumber: true, isNamed: true } as const;

const COLUMNS: readonly Column[] = [
  {
    label: 'State',
    cell: ({ index, row }) => <Status verdict={verdictOf(row, index.folder(row.folder)?.runner)} />,
  },
  { label: 'Cards and job', cell: (job) => <JobName {...job} />, className: styles.job },
  { label: 'Clips', cell: ({ row }) => clipsOf(row), ...FIGURE },
  {
    label: 'Proxy size',
    cell: ({ row }) => (row.output_size_bytes ? formatBytes(row.output_size_bytes) : null),
    ...FIGURE,
  },
  {
    label: 'Duration',
    cell: ({ row: { duration_seconds: seconds } }) =>
      seconds === null ? null : formatDuration(seconds),
    ...FIGURE,
  },
  {
    label: 'Finished',
    cell: ({ row }) =>
      row.state === 'completed' || row.state === 'failed' ? <Moment at={row.when} /> : null,
    isNumber: true,
  },
];
const REASON_LIMIT = 240;

interface Props {
  index: WatchIndex;
  rows: readonly JobRow[];
}

/** Table of jobs; cards on narrow screens. */
export function JobTable({ index, rows }: Props) {
  const cards = jobCards(index, rows);
  return (
    <div className="sheet">
      <table className={styles.table} role="table" aria-label="Jobs">
        <thead role="rowgroup" className={styles.head}>
          <tr role="row" className="soft">
            {COLUMNS.map(({ label, isNumber }) => (
              <th
                key={label}
                scope="col"
                role="columnheader"
                className={isNumber ? styles.number : undefined}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="rows">
          {rows.map((row) => (
            <Row key={jobPath(row)} {...{ index, row }} cards={cards.get(row.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface JobProps {
  index: WatchIndex;
  row: JobRow;
  cards: JobCards | undefined;
}

function Row(job: JobProps) {
  return (
    <tr role="row">
      {COLUMNS.map(({ label, cell, isNumber, isNamed, className }) => {
        const content = cell(job);
        if (content === null) return <td key={label} role="cell" />;
        return (
          <td key={label} role="cell" className={isNumber ? styles.number : className}>
            {isNamed && <span className={styles.label}>{label} </span>}
            {content}
          </td>
        );
      })}
    </tr>
  );
}

/** Cards, file name, reason and missing clips of a job. */
function JobName({ row, cards }: Omit<JobProps, 'index'>) {
  const failed = row.failure_type !== null || row.failure_reason !== null;
  const why = row.problem ?? (failed ? plainReason(row.failure_type, row.failure_reason) : null);
  return (
    <>
      {cards?.first.map((path) => (
        <CardLink key={path} path={path} />
      ))}
      {cards !== undefined && cards.total > cards.first.length && (
        <span className="soft">+ {plural(cards.total - cards.first.length, 'more card')}</span>
      )}
      <A href={jobPath(row)} className={cards === undefined ? undefined : `soft ${styles.file}`}>
        <Name value={row.name} limit={200} />
      </A>
      {why !== null && (
        <p className="soft">
          <Sentence value={why} limit={REASON_LIMIT} />
        </p>
      )}
      {(row.clips_open ?? 0) > 0 && (
        <p className="soft alarm">{plural(row.clips_open ?? 0, 'clip')} still missing.</p>
      )}
    </>
  );
}

function clipsOf({ completed_clips, total_clips }: JobRow): string | null {
  if (total_clips === null || total_clips === 0) return null;
  return completed_clips === null ? String(total_clips) : `${completed_clips} / ${total_clips}`;
}
