import { A } from '@/components/text/a.tsx';
import { Status } from '@/components/text/status.tsx';
import { Name } from '@/components/text/words.tsx';
import { kindWords } from '@/lib/format/look-words.ts';
import { CLIP_VERDICTS } from '@/lib/format/state-words.ts';
import { clipPath } from '@/lib/query/job-path.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import type { ClipProps } from './clip-line.tsx';
import { Picture } from './picture.tsx';
import styles from './clips.module.css';

/** A clip on a contact sheet. What has no picture keeps its place: nobody overlooks it. */
export function SheetCell({ row, picture, isKindTold }: ClipProps) {
  const { verdict, label } = CLIP_VERDICTS[row.status];
  return (
    <li className={styles.cell}>
      <A href={clipPath({ ...row, name: row.job }, row.index)}>
        {picture === undefined ? (
          <span className={styles.blank} data-verdict={verdict} aria-hidden="true" />
        ) : (
          <Picture picture={picture} source={row.source_path} />
        )}
        <Name value={fileNameOf(row.source_path) || fileNameOf(row.output_path)} limit={80} />
      </A>
      <p className={styles.under}>
        {row.status === 'COMPLETED' ? (
          (row.timecode ?? label)
        ) : (
          <Status verdict={verdict} label={label} />
        )}
        {isKindTold && row.kind !== null && ` ${kindWords(row.kind)}`}
      </p>
    </li>
  );
}
