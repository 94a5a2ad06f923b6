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
  /** Which proxies they are, of those that would look alike. */
  kinds: ReadonlyMap<ClipRow, string>;
}

/** Clips that nothing is shown of, by what became of them. */
export function Unpictured({ rows, others, kinds }: Props) {
  const statuses = [...new Set(rows.map(({ status }) => status))];
  return (
    <>
      {statuses.map((status) => (
        <Line key={status} rows={rows.filter((row) => row.status === status)} kinds={kinds}>
          <UnpicturedStatus status={status} />
        </Line>
      ))}
      {others.length > 0 && (
        <Line rows={others} kinds={kinds}>
          Other attempts at these clips
        </Line>
      )}
    </>
  );
}

function UnpicturedStatus({ status }: { status: ClipStatus }) {
  const { verdict, label } = CLIP_VERDICTS[status];
  return (
    <Status verdict={verdict} label={`${label}, no picture`} isQuiet={status !== 'NOT_MADE'} />
  );
}

interface LineProps extends Pick<Props, 'rows' | 'kinds'> {
  children: ReactNode;
}

function Line({ rows, kinds, children }: LineProps) {
  return (
    <div className={styles.unpictured}>
      {children}
      <ul>
        {rows.map((row) => (
          <li key={`${row.folder} ${row.state} ${row.job} ${row.index}`}>
            <Link href={clipPath({ ...row, name: row.job }, row.index + 1)} prefetch={false}>
              <Name value={fileNameOf(row.source_path)} limit={80} />
            </Link>
            {kinds.has(row) && ` ${kinds.get(row)}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
