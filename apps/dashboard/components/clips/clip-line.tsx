import { A } from '@/components/text/a.tsx';
import { Moment } from '@/components/text/moment.tsx';
import { Status } from '@/components/text/status.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { clipReason } from '@/lib/format/clip-sentences.ts';
import { kindWords } from '@/lib/format/look-words.ts';
import { CLIP_VERDICTS } from '@/lib/format/state-words.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { clipPath } from '@/lib/query/job-path.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { fileNameOf, formatBytes, formatDuration } from '@/lib/text/quantities.ts';
import { Picture } from './picture.tsx';
import styles from './clips.module.css';

const REASON_LIMIT = 400;

export interface ClipProps {
  index: WatchIndex;
  row: ClipRow;
  picture: ShownPicture | undefined;
  /** Whether its card has proxies of several kinds. */
  isKindTold: boolean;
}

/** One clip: where it stands, and why. */
export function ClipLine({ index, row, picture, isKindTold }: ClipProps) {
  const reason = clipReason(row, index.folder(row.folder)?.runner);
  const { verdict, label } = CLIP_VERDICTS[row.status];
  const kind = isKindTold && row.kind !== null ? kindWords(row.kind) : '';
  return (
    <li className={styles.line}>
      <div className={styles.poster}>
        {picture !== undefined && <Picture picture={picture} source={row.source_path} />}
      </div>
      <A className={styles.name} href={clipPath({ ...row, name: row.job }, row.index)}>
        <Name value={fileNameOf(row.source_path) || fileNameOf(row.output_path)} limit={160} />
      </A>
      <Status verdict={verdict} label={label} />
      {reason !== null && (
        <p className={styles.reason}>
          <Sentence value={kind === '' ? reason : `${kind}: ${reason}`} limit={REASON_LIMIT} />
        </p>
      )}
      <p className={styles.facts} data-reason={reason !== null}>
        {kind !== '' && <span>{kind}</span>}
        {row.timecode !== null && <span>{row.timecode}</span>}
        {row.media_seconds !== null && <span>{formatDuration(row.media_seconds)}</span>}
        {row.output_size_bytes !== null && <span>{formatBytes(row.output_size_bytes)}</span>}
      </p>
      <p className={styles.aside}>
        {(row.state === 'completed' || row.state === 'failed') && <Moment at={row.when} />}
      </p>
    </li>
  );
}
