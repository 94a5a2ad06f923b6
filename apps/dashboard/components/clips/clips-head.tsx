import { A } from '@/components/text/a.tsx';
import { SumsBar } from '@/components/text/sums-bar.tsx';
import { CardName, Path } from '@/components/text/words.tsx';
import { clipsSentence } from '@/lib/format/clip-sentences.ts';
import { soFar } from '@/lib/format/sentences.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { CLIP_STATE_LABELS, CLIP_STATES } from '@/lib/query/clip-states.ts';
import { queryString, type JobQuery } from '@/lib/query/job-query.ts';
import { onlyCard, type ClipPage } from '@/lib/query/select-clips.ts';
import styles from './clips.module.css';

const VIEWS = [
  ['list', '/clips', 'List'],
  ['sheet', '/clips/sheet', 'Contact sheet'],
] as const;

interface Props {
  index: WatchIndex;
  query: JobQuery;
  view: ClipPage;
  shown: 'list' | 'sheet';
  isPictured: boolean;
}

/** Did all of it come through? One sentence and one bar; and ways to take the view along. */
export function ClipsHead({ index, query, view, shown, isPictured }: Props) {
  const state = CLIP_STATES.find((one) => one === query.clip_state);
  const all = queryString({ ...query, page: 1, pageSize: 50 });
  const card = onlyCard(index, view);
  return (
    <header className={styles.head}>
      <h1>
        {card !== null && (
          <>
            {card.begins} <CardName path={card.path} />:{' '}
          </>
        )}
        <span role="status">
          {state !== undefined && `${CLIP_STATE_LABELS[state]}: `}
          {soFar(index, clipsSentence(view.sums))}
        </span>
      </h1>
      {card !== null && (
        <p className={styles.soft}>
          <Path value={card.path} />
        </p>
      )}
      {query.cause !== null && (
        <p className={styles.soft}>
          Of one reason. <A href={`/clips${queryString({ ...query, cause: null })}`}>All reasons</A>
        </p>
      )}
      {view.sums.total > 0 && <SumsBar sums={view.sums} />}
      <p className={styles.tools}>
        {(isPictured || shown === 'sheet') && (
          <span className={styles.links}>
            {VIEWS.map(([one, path, label]) => (
              <A
                key={one}
                href={path + queryString(query)}
                aria-current={shown === one ? 'page' : undefined}
              >
                {label}
              </A>
            ))}
          </span>
        )}
        {view.sums.total > 0 && <a href={`/clips.csv${all}`}>CSV</a>}
      </p>
    </header>
  );
}
