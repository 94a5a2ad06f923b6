import { A } from '@/components/text/a.tsx';
import { SumsBar } from '@/components/text/sums-bar.tsx';
import { CardName } from '@/components/text/words.tsx';
import { clipsSentence } from '@/lib/format/clip-sentences.ts';
import { queryString, type JobQuery } from '@/lib/query/job-query.ts';
import type { ClipPage } from '@/lib/query/select-clips.ts';
import { counted, formatCount } from '@/lib/text/quantities.ts';
import styles from './clips.module.css';

/** So many stand open above the clips. */
const OPEN = 12;
const MOST = 48;

/** Every card of a view that has more clips than a page, each with its sum. */
export function CardsOfView({ query, count, first, sums }: ClipPage & { query: JobQuery }) {
  if (count < 2 || sums.total <= query.pageSize) return null;
  const cards = first.slice(0, MOST);
  const more = count - cards.length;
  return (
    <details className={styles.cards} open={count <= OPEN}>
      <summary>{counted(count, 'card')}</summary>
      <ul>
        {cards.map((card) => (
          <li key={card.id}>
            <A href={`/clips${queryString({ ...query, card: card.path, page: 1 })}`}>
              <CardName path={card.path} />
            </A>
            <SumsBar sums={card} />
            <span>{clipsSentence(card)}</span>
          </li>
        ))}
        {more > 0 && <li>and {formatCount(more)} more: add a word.</li>}
      </ul>
    </details>
  );
}
