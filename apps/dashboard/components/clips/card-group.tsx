import { SumsBar } from '@/components/text/sums-bar.tsx';
import { CardLink } from '@/components/text/words.tsx';
import { clipsSentence } from '@/lib/format/clip-sentences.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import type { CardSums } from '@/lib/query/select-clips.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { ClipLine } from './clip-line.tsx';
import { SheetCell } from './sheet-cell.tsx';
import styles from './clips.module.css';

interface Props {
  card: string;
  /** Left out for the only card of a view: its head says so already. */
  sums: CardSums | undefined;
  rows: readonly ClipRow[];
  pictures: ReadonlyMap<ClipRow, ShownPicture>;
  shown: 'list' | 'sheet';
}

/** The clips of a card, as rows or as pictures. */
export function CardGroup({ card, sums, rows, pictures, shown }: Props) {
  const kinds = new Set(rows.map(({ kind }) => kind));
  const isTold = kinds.size > 1;
  const isPictured = rows.some((row) => pictures.has(row));
  return (
    <section className={styles.group}>
      {sums !== undefined && (
        <header className={styles.groupHead}>
          <h2>
            <CardLink path={card} />
          </h2>
          <p>{clipsSentence(sums)}</p>
          <SumsBar sums={sums} />
        </header>
      )}
      <ul className={shown === 'list' ? styles.lines : styles.sheet} data-pictured={isPictured}>
        {rows.map((row) =>
          shown === 'list' ? (
            <ClipLine key={row.id} row={row} picture={pictures.get(row)} isKindTold={isTold} />
          ) : (
            <SheetCell key={row.id} row={row} picture={pictures.get(row)} isKindTold={isTold} />
          ),
        )}
      </ul>
    </section>
  );
}
