import { CardSumsList } from '@/components/clips/card-sums-list.tsx';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { cardPath } from '@/lib/query/job-path.ts';
import { RECENT_DAYS, recentCards } from '@/lib/query/select-clips.ts';
import { plural } from '@/lib/words/quantities.ts';

/** Cards with unfinished or recently ended jobs. */
export function CardList({ index }: { index: WatchIndex }) {
  const { first: cards, count } = recentCards(index);
  const more = count - cards.length;
  return (
    <section className="stack" aria-labelledby="cards">
      <h2 id="cards">Cards, last {RECENT_DAYS} days</h2>
      {cards.length === 0 && (
        <p className="soft">No cards in this period. Plan one, or drop a JobSpec into pending/.</p>
      )}
      <CardSumsList cards={cards} href={cardPath} />
      {more > 0 && <p className="soft">+ {plural(more, 'more card')}</p>}
    </section>
  );
}
