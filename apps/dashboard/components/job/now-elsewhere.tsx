import { A } from '@/components/text/a.tsx';
import { Name } from '@/components/text/words.tsx';
import { CLIP_VERDICTS } from '@/lib/format/state-words.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import { clipPath } from '@/lib/query/job-path.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import styles from './job.module.css';

/** Clips of which another job says what became of them. */
export function NowElsewhere({ rows }: { rows: readonly ClipRow[] }) {
  const current = rows.flatMap(({ now, ...row }) => (now === null ? [] : [{ ...row, now }]));
  if (current.length === 0) return null;
  return (
    <ul className={styles.now} aria-label="What became of clips in other jobs">
      {current.map(({ id, source_path, now }) => (
        <li key={id}>
          <Name value={fileNameOf(source_path)} limit={120} />{' '}
          {CLIP_VERDICTS[now.status].label.toLowerCase()} by{' '}
          <A href={clipPath(now, now.index)}>
            <Name value={now.name} limit={120} />
          </A>
        </li>
      ))}
    </ul>
  );
}
