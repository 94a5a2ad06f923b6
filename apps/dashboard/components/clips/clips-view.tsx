import { grouped } from '@app/jobspec/folder';
import { ListView } from '@/components/jobs/list-view.tsx';
import { A } from '@/components/text/a.tsx';
import { SumsBar } from '@/components/text/sums-bar.tsx';
import { CardName, Path } from '@/components/text/words.tsx';
import { cardSentence } from '@/lib/words/clip-sentences.ts';
import { soFar } from '@/lib/words/sentences.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { CLIP_STATE_LABELS, CLIP_STATES } from '@/lib/query/clip-states.ts';
import {
  lastPageOf,
  pageQuery,
  queryString,
  type JobQuery,
  type PageParameters,
} from '@/lib/query/job-query.ts';
import {
  cardsOf,
  onlyCard,
  selectClips,
  viewSentence,
  type ClipPage,
} from '@/lib/query/select-clips.ts';
import { CardGroup } from './card-group.tsx';
import { CardSumsList } from './card-sums-list.tsx';
import styles from './clips.module.css';

/** Limit on cards listed above the clips. */
const MAX_CARDS = 24;

interface Props {
  index: WatchIndex;
  searchParams: PageParameters;
}

/** Page of clips, by card. */
export async function ClipsView({ index, searchParams }: Props) {
  const { query: requested, problems } = await pageQuery(index, searchParams);
  const { total } = cardsOf(index, requested).sums;
  const query = { ...requested, page: Math.min(requested.page, lastPageOf(requested, total)) };
  const view = selectClips(index, query);
  const href = (card: string) => `/clips${queryString({ ...query, card, page: 1 })}`;
  const groups = [...grouped(view.rows, ({ card }) => card)];
  return (
    <ListView
      path="/clips"
      {...{ index, query, total, problems }}
      head={<ClipsHead {...{ index, query, view }} />}
    >
      {view.count > 1 && view.count <= MAX_CARDS && total > query.pageSize && (
        <CardSumsList cards={view.first} href={href} />
      )}
      {groups.map(([card, rows]) => {
        const sums = view.count > 1 ? view.first.find((one) => one.path === card) : undefined;
        return (
          <CardGroup key={card} {...{ index, rows }}>
            {sums && (
              <>
                <h2>
                  <A href={href(card)}>
                    <CardName path={card} />
                  </A>
                </h2>
                <p>{cardSentence(sums)}</p>
                <SumsBar sums={sums} />
              </>
            )}
          </CardGroup>
        );
      })}
    </ListView>
  );
}

interface HeadProps {
  index: WatchIndex;
  query: JobQuery;
  view: ClipPage;
}

/** Heading of a list of clips: progress and CSV export. */
function ClipsHead({ index, query, view }: HeadProps) {
  const state = CLIP_STATES.find((one) => one === query.clip_state);
  const card = onlyCard(index, view);
  return (
    <header className="stack">
      <h1>
        {card !== null && (
          <>
            {card.begins} <CardName path={card.path} />{' '}
          </>
        )}
        <span role="status" className={card === null ? undefined : styles.sums}>
          {state !== undefined && `${CLIP_STATE_LABELS[state]}: `}
          {soFar(index, viewSentence(index, view))}
        </span>
      </h1>
      {card !== null && (
        <p className="soft">
          <Path value={card.path} />
          {card.isWhole &&
            !card.isOnRecord &&
            !card.hasPutAside &&
            ' · What else lies on the card isn’t known.'}
        </p>
      )}
      {view.sums.total > 0 && <SumsBar sums={view.sums} />}
      <p className={`row ${styles.tools}`}>
        {query.cause !== null && (
          <span>
            Only those with one reason.{' '}
            <A href={`/clips${queryString({ ...query, cause: null })}`}>Show all</A>
          </span>
        )}
        {view.sums.total > 0 && (
          <a href={`/clips.csv${queryString({ ...query, page: 1, pageSize: 50 })}`}>CSV</a>
        )}
      </p>
    </header>
  );
}
