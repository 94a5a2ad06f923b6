import { A } from '@/components/text/a.tsx';
import { SumsBar } from '@/components/text/sums-bar.tsx';
import { CardName } from '@/components/text/words.tsx';
import { clipsSentence } from '@/lib/format/clip-sentences.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import type { CardSums } from '@/lib/query/select-clips.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { ClipLine } from './clip-line.tsx';
import { SheetCell } from './sheet-cell.tsx';
import styles from './clips.module.css';

interface Props {
  card: string;
  index: WatchIndex;
  /** Left out for the only card of a view: its head says so already. */
  head?: { sums: CardSums; href: string } | undefined;
  rows: readonly ClipRow[];
  pictures: ReadonlyMap<ClipRow, ShownPicture>;
  shown: 'list' | 'sheet';
}

/** The clips of a card, as rows or as pictures. */
export function CardGroup({ index, card, head, rows, pictures, shown }: Props) {
  const kinds = new Set(rows.map(({ kind }) => kind));
  const isKindTold = kinds.size > 1;
  const Clip = shown === 'list' ? ClipLine : SheetCell;
  const isPictured = rows.some((row) => pictures.has(row));
  return (
    <section className={styles.group}>
      {head !== undefined && (
        <header className={styles.groupHead}>
          <h2>
            <A href={head.href}>
              <CardName path={card} />
            </A>
          </h2>
          <p>{clipsSentence(head.sums)}</p>
          <SumsBar sums={head.sums} />
        </header>
      )}
      <ul className={shown === 'list' ? styles.lines : styles.sheet} data-pictured={isPictured}>
        {rows.map((row) => (
          <Clip key={row.id} {...{ index, row, isKindTold }} picture={pictures.get(row)} />
        ))}
      </ul>
    </section>
  );
}
