import { toldKinds } from '@/lib/format/told-kinds.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { SheetCell } from './sheet-cell.tsx';
import { Unpictured } from './unpictured.tsx';
import styles from './pictures.module.css';

interface Props {
  rows: readonly ClipRow[];
  pictures: ReadonlyMap<ClipRow, ShownPicture>;
  /** Attempts that don't decide where a clip stands: their names only. */
  others?: readonly ClipRow[];
}

/** Clips by what they show; what failed stands among them, what has no picture below. */
export function ContactSheet({ rows, pictures, others = [] }: Props) {
  const isShown = (row: ClipRow) => pictures.has(row) || row.status === 'FAILED';
  const shown = rows.filter(isShown);
  const kinds = toldKinds([...rows, ...others]);
  return (
    <>
      {shown.length > 0 && (
        <ul className={styles.sheet}>
          {shown.map((row) => (
            <SheetCell
              key={`${row.folder} ${row.state} ${row.job} ${row.index}`}
              row={row}
              kind={kinds.get(row)}
              picture={pictures.get(row)}
            />
          ))}
        </ul>
      )}
      <Unpictured rows={rows.filter((row) => !isShown(row))} others={others} kinds={kinds} />
    </>
  );
}
