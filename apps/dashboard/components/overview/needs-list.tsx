import { ClipName } from '@/components/clips/card-group.tsx';
import { A } from '@/components/text/a.tsx';
import { Moment } from '@/components/text/moment.tsx';
import { Status } from '@/components/text/status.tsx';
import { CardName, Name, Sentence } from '@/components/text/words.tsx';
import { clipReason, missingWords } from '@/lib/words/clip-sentences.ts';
import { plainReason, whoCan } from '@/lib/words/sentences.ts';
import { CLIP_VERDICTS, verdictOf } from '@/lib/words/state-words.ts';
import { cardPath, jobPath } from '@/lib/query/job-path.ts';
import { queryString } from '@/lib/query/job-query.ts';
import type { NeedOfClips, Needs } from '@/lib/query/needs.ts';
import { counted, formatCount } from '@/lib/words/quantities.ts';
import styles from './overview.module.css';

const REASON_LIMIT = 500;

/** What needs somebody: reasons by how many clips they hold up, then job files that nobody could read. */
export function NeedsList({ needs }: { needs: Needs }) {
  const { ofClips, ofJobs, jobs, reasons } = needs;
  if (ofClips.length + ofJobs.length === 0) return null;
  const [moreReasons, moreJobs] = [reasons - ofClips.length, jobs - ofJobs.length];
  return (
    <section className="stack" aria-labelledby="needs">
      <h2 id="needs">Needs somebody</h2>
      <ul className={styles.list}>
        {ofClips.map((need) => (
          <Clips key={need.latest.id} need={need} />
        ))}
        {ofJobs.map((job) => (
          <li key={job.id} className="sheet padded stack">
            <p className={`row ${styles.what}`}>
              <Status verdict={verdictOf(job)} />
              <A href={jobPath(job)}>
                <Name value={job.name} limit={160} />
              </A>
            </p>
            <p>
              <Sentence
                value={job.problem ?? plainReason(job.failure_type, job.failure_reason)}
                limit={REASON_LIMIT}
              />
            </p>
            <p className="soft">
              {job.failure_type !== null && `${whoCan(job.failure_type, null)} can fix this. `}
              <Moment at={job.when} />
            </p>
          </li>
        ))}
      </ul>
      <p className="row soft">
        {moreReasons > 0 && `${counted(moreReasons, 'more reason')}. `}
        {moreJobs > 0 && `${counted(moreJobs, 'more job')}. `}
        <A href="/clips?clip_state=open">All clips that need somebody</A>
        <A href="/jobs?standing=open">All jobs that need somebody</A>
      </p>
    </section>
  );
}

function Clips({ need }: { need: NeedOfClips }) {
  const { total, cause, cards, cardCount, latest, who } = need;
  const { verdict, label } = CLIP_VERDICTS[latest.status];
  const missing = missingWords(need);
  const view = (card?: string) =>
    `/clips${queryString({ clip_state: 'open', cause, card: card ?? null })}`;
  return (
    <li className="sheet padded stack">
      <p className={`row ${styles.what}`}>
        <Status verdict={verdict} label={missing.length > 1 ? missing.join(', ') : label} />
        <A href={view(cardCount === 1 ? cards[0]?.path : undefined)}>{counted(total, 'clip')}</A>
        {cards.map((card) => (
          <A key={card.path} href={cardCount > 1 ? view(card.path) : cardPath(card.path)}>
            <CardName path={card.path} />
            {cardCount > 1 && ` (${formatCount(card.clips)})`}
          </A>
        ))}
        {cardCount > cards.length && (
          <span>and {counted(cardCount - cards.length, 'more card')}</span>
        )}
      </p>
      <p>
        <Sentence value={clipReason(latest) ?? ''} limit={REASON_LIMIT} />
      </p>
      <p className="soft">
        {who !== null && `${who} can fix this. `}
        Latest: <ClipName row={latest} /> <Moment at={latest.when} />
      </p>
    </li>
  );
}
