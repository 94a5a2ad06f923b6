import { Moment } from '@/components/text/moment.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { timeZone } from '@/lib/query/days.ts';
import type { JobQuery } from '@/lib/query/job-query.ts';
import { partSentence } from './part-sentence.ts';
import styles from './report.module.css';

interface Props {
  query: JobQuery;
  /** `YYYY-MM-DD`. */
  day: string;
}

/** Which day this is, when it was looked at, and what of it is left out. */
export function ReportTitle({ query, day }: Props) {
  const part = partSentence(query);
  return (
    <>
      <p className={styles.day}>
        Proxies of {day}, {timeZone()}, as of <Moment at={Date.now()} />
        {query.folder !== null && (
          <>
            {' · '}
            <Name value={query.folder} />
          </>
        )}
      </p>
      {part !== null && (
        <p className={styles.day}>
          <Sentence value={part} limit={1200} />
        </p>
      )}
    </>
  );
}
