import { Tile } from '@/components/pictures/tile.tsx';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { counted } from '@/lib/text/quantities.ts';
import { ClipLine } from './clip-line.tsx';
import styles from './clips.module.css';

interface Props {
  rows: readonly ClipRow[];
  pictures: ReadonlyMap<ClipRow, ShownPicture>;
  kinds: ReadonlyMap<ClipRow, string>;
}

/** Clips of a card, one below the other; attempts that don't decide where one stands are folded below them. */
export function ClipLines({ rows, ...props }: Props) {
  const [deciding, others] = [true, false].map((latest) =>
    rows.filter((row) => row.latest === latest),
  );
  return (
    <>
      {deciding !== undefined && <Lines rows={deciding} {...props} />}
      {others !== undefined && others.length > 0 && (
        <details className={styles.others} open={deciding?.length === 0}>
          <summary>{counted(others.length, 'other attempt')}</summary>
          <Lines rows={others} {...props} />
        </details>
      )}
    </>
  );
}

function Lines({ rows, pictures, kinds }: Props) {
  if (rows.length === 0) return null;
  return (
    <ul className={styles.lines} data-pictured={rows.some((row) => pictures.has(row))}>
      {rows.map((row) => (
        <ClipLine
          key={`${row.folder} ${row.state} ${row.job} ${row.index}`}
          row={row}
          kind={kinds.get(row)}
          poster={<Tile picture={pictures.get(row)} source={row.source_path} status={row.status} />}
        />
      ))}
    </ul>
  );
}
