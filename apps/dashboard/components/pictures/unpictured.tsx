import Link from 'next/link';
import { Status } from '@/components/text/status.tsx';
import { Name } from '@/components/text/words.tsx';
import { CLIP_VERDICTS } from '@/lib/format/clip-sentences.ts';
import type { ClipRow, ClipStatus } from '@/lib/jobs/clip-row.ts';
import { clipPath } from '@/lib/query/job-path.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import styles from './pictures.module.css';

/** Clips that nothing is shown of, by what became of them. */
export function Unpictured({ rows }: { rows: readonly ClipRow[] }) {
  const statuses = [...new Set(rows.map(({ status }) => status))];
  return statuses.map((status) => (
    <Line key={status} status={status} rows={rows.filter((row) => row.status === status)} />
  ));
}

function Line({ status, rows }: { status: ClipStatus; rows: readonly ClipRow[] }) {
  const { verdict, label } = CLIP_VERDICTS[status];
  return (
    <div className={styles.unpictured}>
      <Status verdict={verdict} label={`${label}, no picture`} isQuiet={status !== 'NOT_MADE'} />
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
