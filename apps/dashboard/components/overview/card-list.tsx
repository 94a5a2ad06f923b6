import { CardSumsList } from '@/components/clips/card-sums-list.tsx';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { lastDays, spanOfDay } from '@/lib/query/days.ts';
import { cardPath } from '@/lib/query/job-path.ts';
import { cardsSince } from '@/lib/query/select-clips.ts';
import { counted } from '@/lib/words/quantities.ts';

const SHOWN = 24;
/** A weekend, and the day after it. */
const DAYS = 3;

/** The cards that something ended of lately, or is to come of, each counted whole. */
export function CardList({ index }: { index: WatchIndex }) {
  const [first = ''] = lastDays(DAYS, Date.now());
  const { first: cards, count } = cardsSince(index, spanOfDay(first).from, SHOWN);
  const more = count - cards.length;
  return (
    <section className="stack" aria-labelledby="cards">
      <h2 id="cards">Cards of the last {DAYS} days</h2>
      {cards.length === 0 && <p className="soft">Nothing of any card has ended since then.</p>}
      <CardSumsList cards={cards} href={cardPath} />
      {more > 0 && <p className="soft">{counted(more, 'more card')}.</p>}
    </section>
  );
}
