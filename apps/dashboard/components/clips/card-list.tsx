import Link from 'next/link';
import { Name } from '@/components/text/words.tsx';
import { clipsSentence } from '@/lib/format/clip-sentences.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { cardsOf } from '@/lib/query/cards.ts';
import { queryString, type JobQuery } from '@/lib/query/job-query.ts';
import type { ClipPage } from '@/lib/query/select-clips.ts';
import { counted, formatCount } from '@/lib/text/quantities.ts';
import styles from './clips.module.css';

/** So many stand open above the clips. */
const OPEN = 8;
const MOST = 200;

interface Props {
  index: WatchIndex;
  query: JobQuery;
  view: ClipPage;
}

/** Every card of a view that has more clips than a page, each with its sum. */
export function CardList({ index, query, view }: Props) {
  const { groups, listed } = view;
  if (groups.size < 2 || listed <= query.pageSize || !hasAllCards(view)) return null;
  const more = groups.size - MOST;
  return (
    <details className={styles.cards} open={groups.size <= OPEN}>
      <summary>{counted(groups.size, 'folder')} of sources</summary>
      <ul>
        {cardsOf(index, groups, MOST).map(({ path, sums }) => (
          <li key={path}>
            <Link href={`/clips${queryString({ ...query, q: path, page: 1 })}`} prefetch={false}>
              <Name value={path || 'No folder'} />
            </Link>
            <span>{clipsSentence(sums)}</span>
          </li>
        ))}
        {more > 0 && <li>and {formatCount(more)} more: add a word.</li>}
      </ul>
    </details>
  );
}

/** Of a view that is too wide to be counted clip by clip, only the cards of its page are known. */
function hasAllCards({ groups, sums, isCounted }: ClipPage): boolean {
  return (
    isCounted && [...groups.values()].reduce((all, { total }) => all + total, 0) === sums.total
  );
}
