import { ListView } from '@/components/jobs/list-view.tsx';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import { lastPageOf, queryString } from '@/lib/query/job-query.ts';
import { pageQuery, type PageParameters } from '@/lib/query/requested-query.ts';
import { cardsOf, selectClips } from '@/lib/query/select-clips.ts';
import { thumbnails } from '@/lib/query/shown-pictures.ts';
import { grouped } from '@/lib/text/grouped.ts';
import { CardGroup } from './card-group.tsx';
import { CardsOfView } from './cards-of-view.tsx';
import { ClipsHead } from './clips-head.tsx';
import styles from './clips.module.css';

interface Props {
  index: WatchIndex;
  searchParams: PageParameters;
  /** As rows, or by what they show. */
  shown: 'list' | 'sheet';
}

/** The clips that an address asks for, one page of them, card by card. */
export async function ClipsView({ index, searchParams, shown }: Props) {
  const { query: asked, problems } = await pageQuery(index, searchParams);
  const { total } = cardsOf(index, asked).sums;
  const query = { ...asked, page: Math.min(asked.page, lastPageOf(asked, total)) };
  const view = selectClips(index, query);
  const pictures = thumbnails(view.rows);
  const groups = grouped(view.rows, ({ card }) => card);
  const path = shown === 'list' ? '/clips' : '/clips/sheet';
  const headOf = (card: string) => {
    const sums = view.count > 1 ? view.first.find((one) => one.path === card) : undefined;
    return sums && { sums, href: `${path}${queryString({ ...query, card, page: 1 })}` };
  };
  return (
    <ListView
      path={path}
      index={index}
      query={query}
      total={total}
      problems={problems}
      head={<ClipsHead {...{ index, query, view, shown }} isPictured={pictures.size > 0} />}
    >
      <CardsOfView query={query} {...view} />
      <div className={styles.groups}>
        {Array.from(groups, ([card, rows]: [string, ClipRow[]]) => (
          <CardGroup key={card} {...{ index, card, rows, pictures, shown }} head={headOf(card)} />
        ))}
      </div>
    </ListView>
  );
}
