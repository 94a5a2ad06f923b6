import { A } from '@/components/text/a.tsx';
import { SumsBar } from '@/components/text/sums-bar.tsx';
import { CardName } from '@/components/text/words.tsx';
import { cardSentence } from '@/lib/words/clip-sentences.ts';
import type { CardSums } from '@/lib/index/clip-row.ts';
import styles from './clips.module.css';

interface Props {
  cards: readonly CardSums[];
  href: (card: string) => string;
}

/** Cards with their progress. */
export function CardSumsList({ cards, href }: Props) {
  return (
    <ul className={styles.cards}>
      {cards.map((card) => (
        <li key={card.id} className="sheet padded stack">
          <A href={href(card.path)}>
            <CardName path={card.path} />
          </A>
          <SumsBar sums={card} />
          <span className="soft">{cardSentence(card)}</span>
        </li>
      ))}
    </ul>
  );
}
