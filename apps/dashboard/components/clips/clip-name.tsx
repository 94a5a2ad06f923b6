import Link from 'next/link';
import { ClipRelation } from '@/components/text/clip-relation.tsx';
import { Name } from '@/components/text/words.tsx';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import { clipPath } from '@/lib/query/job-path.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import styles from './clips.module.css';

interface Props {
  row: ClipRow;
  /** Which proxy it is, where its source stands there for others. */
  kind: string | undefined;
}

/** Which clip this is, and how it stands to other attempts at its proxy. */
export function ClipName({ row, kind }: Props) {
  const reference = { folder: row.folder, state: row.state, name: row.job };
  return (
    <>
      <Link href={clipPath(reference, row.index + 1)} prefetch={false}>
        <Name value={fileNameOf(row.source_path) || fileNameOf(row.output_path)} limit={160} />
      </Link>
      {kind !== undefined && <span className={styles.soft}>{kind}</span>}
      <ClipRelation row={row} />
    </>
  );
}
