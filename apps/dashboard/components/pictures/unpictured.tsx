import Link from 'next/link';
import type { ReactNode } from 'react';
import { Status } from '@/components/text/status.tsx';
import { Name } from '@/components/text/words.tsx';
import { CLIP_VERDICTS } from '@/lib/format/clip-sentences.ts';
import type { ClipRow, ClipStatus } from '@/lib/jobs/clip-row.ts';
import { clipPath } from '@/lib/query/job-path.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import styles from './pictures.module.css';

interface Props {
  rows: readonly ClipRow[];
  /** Attempts that don't decide where a clip stands. */
  others: readonly ClipRow[];
}

/** Clips that nothing is shown of, by what became of them. */
export function Unpictured({ rows, others }: Props) {
  const statuses = [...new Set(rows.map(({ status }) => status))];
  return (
    <>
      {statuses.map((status) => (
        <Line key={status} rows={rows.filter((row) => row.status === status)}>
          <UnpicturedStatus status={status} />
        </Line>
      ))}
      {others.length > 0 && <Line rows={others}>Other attempts at these clips</Line>}
    </>
  );
}

function UnpicturedStatus({ status }: { status: ClipStatus }) {
  const { verdict, label } = CLIP_VERDICTS[status];
  return (
    <Status verdict={verdict} label={`${label}, no picture`} isQuiet={status !== 'NOT_MADE'} />
  );
}

function Line({ rows, children }: { rows: readonly ClipRow[]; children: ReactNode }) {
  return (
    <div className={styles.unpictured}>
      {children}
      <ul>
        {rows.map(({ folder, state, job: name, index, source_path }) => (
          <li key={`${folder} ${state} ${name} ${index}`}>
            <Link href={clipPath({ folder, state, name }, index + 1)} prefetch={false}>
              <Name value={fileNameOf(source_path)} limit={80} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
