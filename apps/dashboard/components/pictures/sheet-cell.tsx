import Link from 'next/link';
import { Status } from '@/components/text/status.tsx';
import { Name } from '@/components/text/words.tsx';
import { CLIP_VERDICTS } from '@/lib/format/clip-sentences.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import { clipPath } from '@/lib/query/job-path.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import { Tile } from './tile.tsx';
import styles from './pictures.module.css';

interface Props {
  row: ClipRow;
  /** Which proxy it is, where its source stands there for others. */
  kind: string | undefined;
  picture: ShownPicture | undefined;
}

/** A clip on a contact sheet; it leads to its place on the page of its job. */
export function SheetCell({ row, kind, picture }: Props) {
  const { folder, state, job: name, index, source_path, output_path, status, timecode } = row;
  const { verdict, label } = CLIP_VERDICTS[status];
  return (
    <li className={styles.cell} data-status={status}>
      <Link href={clipPath({ folder, state, name }, index + 1)} prefetch={false}>
        <Tile picture={picture} source={source_path} status={status} />
        <Name value={fileNameOf(source_path) || fileNameOf(output_path)} limit={80} />
      </Link>
      <p className={styles.under}>
        {status === 'COMPLETED' ? (
          <span>{timecode ?? 'Through'}</span>
        ) : (
          <Status verdict={verdict} label={label} />
        )}
        {kind !== undefined && ` ${kind}`}
      </p>
    </li>
  );
}
