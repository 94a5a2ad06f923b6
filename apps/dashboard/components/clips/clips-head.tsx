import type { ComponentProps } from 'react';
import { SheetLinks } from '@/components/pictures/sheet-links.tsx';
import { wideSentence } from '@/lib/format/clip-sentences.ts';
import type { Reading } from '@/lib/format/so-far.ts';
import type { JobQuery } from '@/lib/query/job-query.ts';
import type { ClipPage } from '@/lib/query/select-clips.ts';
import { ClipBar } from './clip-bar.tsx';
import { SumsSentence } from './sums-sentence.tsx';
import { TakeAlong } from './take-along.tsx';
import styles from './clips.module.css';

interface Props {
  index: Reading;
  query: JobQuery;
  view: ClipPage;
  /** To show them otherwise; `null` when none has a picture. */
  links: ComponentProps<typeof SheetLinks> | null;
}

/** Did all of it come through? One sentence and one bar; and ways to take the view along. */
export function ClipsHead({ index, query, view, links }: Props) {
  return (
    <header className={styles.head}>
      <h1>
        <span role="status">
          <SumsSentence {...{ index, query, view }} />
        </span>
      </h1>
      {view.sums.total > 0 && <ClipBar sums={view.sums} />}
      {!view.isCounted && <p>{wideSentence(query)}</p>}
      <div className={styles.tools}>
        {links !== null && <SheetLinks {...links} />}
        <TakeAlong query={query} rows={view.rows} />
      </div>
    </header>
  );
}
