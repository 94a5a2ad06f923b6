import { A } from '@/components/text/a.tsx';
import { Moment } from '@/components/text/moment.tsx';
import { SumsBar } from '@/components/text/sums-bar.tsx';
import { CardLink } from '@/components/text/words.tsx';
import { clipsSentence } from '@/lib/format/clip-sentences.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { lastEvening, minuteOf, momentOf } from '@/lib/query/days.ts';
import { queryString } from '@/lib/query/job-query.ts';
import { cardsSince } from '@/lib/query/select-clips.ts';
import { counted } from '@/lib/text/quantities.ts';
import styles from './overview.module.css';

const SHOWN = 24;
const DAY_MS = 24 * 60 * 60 * 1000;

interface Props {
  index: WatchIndex;
  /** `YYYY-MM-DDTHH:MM`. */
  since: string;
  now: number;
}

/** The cards that something ended of in a span that readers choose, each counted whole. */
export function CardList({ index, since, now }: Props) {
  const { first: cards, count } = cardsSince(index, since, SHOWN);
  const more = count - cards.length;
  return (
    <section className={styles.section} aria-labelledby="cards">
      <div className={styles.head}>
        <h2 id="cards">Cards</h2>
        <Spans since={since} now={now} />
      </div>
      {cards.length === 0 && (
        <p className={styles.soft}>Nothing of any card has ended since then.</p>
      )}
      <ul className={styles.cards}>
        {cards.map((card) => (
          <li key={card.id}>
            <CardLink path={card.path} />
            <SumsBar sums={card} />
            <span>{clipsSentence(card)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.soft}>
        {more > 0 && `${counted(more, 'more card')}. `}Each card is counted whole. Of this span
        alone: <A href={`/clips${queryString({ since })}`}>All clips since then</A>
      </p>
    </section>
  );
}

/** From when on; an address may say any other minute. */
function Spans({ since, now }: Pick<Props, 'since' | 'now'>) {
  const evening = lastEvening(now);
  const spans = [
    { label: 'Since last evening,\u00A0', value: evening },
    { label: '24 hours', value: minuteOf(now - DAY_MS) },
    { label: '3 days', value: minuteOf(now - 3 * DAY_MS) },
    { label: '14 days', value: minuteOf(now - 14 * DAY_MS) },
  ];
  return (
    <nav aria-label="Span of the cards" className={styles.spans}>
      {spans.map(({ label, value }) => (
        <A
          key={value}
          href={`/?since=${value}`}
          scroll={false}
          aria-current={value === since ? 'true' : undefined}
        >
          {label}
          {value === evening && <Moment at={momentOf(evening)} />}
        </A>
      ))}
    </nav>
  );
}
