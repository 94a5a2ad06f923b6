import { Moment } from '@/components/text/moment.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { Status } from '@/components/text/status.tsx';
import { clipReason, CLIP_VERDICTS } from '@/lib/format/clip-sentences.ts';
import { fileNameOf, formatBytes } from '@/lib/text/quantities.ts';
import type { ReactNode } from 'react';
import type { ClipRow, ClipStatus } from '@/lib/jobs/clip-row.ts';
import { ClipName } from './clip-name.tsx';
import styles from './clips.module.css';

const REASON_LIMIT = 220;
/** Of a reason that stands beside its clip, in characters. */
const BRIEF_LENGTH = 60;
const QUIET: ReadonlySet<ClipStatus> = new Set(['COMPLETED', 'WAITING']);

interface Props {
  row: ClipRow;
  /** Which proxy it is, where its source stands there for others. */
  kind?: string | undefined;
  /** Shown only among clips that have some. */
  poster: ReactNode;
}

/** One clip: where it stands, why, and what to find of it. */
export function ClipLine({ row, kind, poster }: Props) {
  const reason = clipReason(row);
  const { verdict, label } = CLIP_VERDICTS[row.status];
  return (
    <li className={styles.line} data-latest={row.latest}>
      <div className={styles.poster}>{poster}</div>
      <Status verdict={verdict} label={label} isQuiet={QUIET.has(row.status)} />
      <div className={styles.clip}>
        <ClipName row={row} kind={kind} />
      </div>
      <p className={styles.facts}>
        {row.status === 'COMPLETED' && row.output_path !== '' && (
          <Name value={fileNameOf(row.output_path)} limit={120} />
        )}
        {row.checks_total > 0 && (
          <span>
            {row.checks_passed} of {row.checks_total} checks
          </span>
        )}
        {row.output_size_bytes !== null && <span>{formatBytes(row.output_size_bytes)}</span>}
        {row.warnings > 0 && (
          <span>
            {row.warnings} {row.warnings === 1 ? 'warning' : 'warnings'}
          </span>
        )}
      </p>
      <p className={styles.aside}>
        <Name value={row.job} limit={80} />
        {row.state !== 'running' && row.state !== 'pending' && <Moment at={row.when} />}
      </p>
      {reason !== null && (
        <p
          className={styles.reason}
          data-brief={row.status === 'NOT_MADE' && reason.length <= BRIEF_LENGTH}
        >
          <Sentence value={reason} limit={REASON_LIMIT} />
        </p>
      )}
    </li>
  );
}
