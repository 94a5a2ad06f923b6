import { grouped } from '@app/jobspec/folder';
import { FAILURES, OWNERS } from '@app/jobspec/result';
import type { ReactNode } from 'react';
import { ClipName } from '@/components/clips/card-group.tsx';
import { A } from '@/components/text/a.tsx';
import { Moment } from '@/components/text/moment.tsx';
import { CardName, Name, Sentence } from '@/components/text/words.tsx';
import { clipReason } from '@/lib/words/clip-sentences.ts';
import { forWhom, plainReason, whoCan } from '@/lib/words/sentences.ts';
import type { JobRow } from '@/lib/index/job-row.ts';
import { cardPath, jobPath } from '@/lib/query/job-path.ts';
import { queryString } from '@/lib/query/job-query.ts';
import { NOT_PLANNED, type NeedOfClips, type Needs } from '@/lib/query/needs.ts';
import { plural, formatCount } from '@/lib/words/quantities.ts';
import styles from './overview.module.css';

const REASON_LIMIT = 500;
/** Roles in order of urgency: a problem of the machine may hold up everything. */
const ORDER: readonly (string | null)[] = [OWNERS.engineer, OWNERS.editor, OWNERS.author, null];

/** Clips and jobs that need attention, by the role that can fix them: reasons by number of clips, then unreadable jobs. */
export function NeedsList({ needs }: { needs: Needs }) {
  const { ofClips, ofJobs, jobs, reasons } = needs;
  if (ofClips.length + ofJobs.length === 0) return null;
  const rows = [
    ...ofClips.map((need) => ({ who: need.who, row: <Clips key={need.cause} need={need} /> })),
    ...ofJobs.map((job) => ({ who: ownerOf(job), row: <JobFile key={job.id} job={job} /> })),
  ];
  const groups = [...grouped(rows, ({ who }) => who)];
  const more = reasons - ofClips.length + jobs - ofJobs.length;
  return (
    <section className={`stack ${styles.needs}`} aria-labelledby="needs">
      <h2 id="needs">Needs attention</h2>
      {groups
        .toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
        .map(([who, of]) => (
          <section key={who} className="stack">
            <h3 className="soft">{who === null ? 'Cause unknown' : forWhom(who)}</h3>
            <ul className="sheet rows">{of.map(({ row }) => row)}</ul>
          </section>
        ))}
      <p className="row soft">
        {more > 0 && `+ ${formatCount(more)} more. `}
        <A href="/clips?clip_state=open">All proxies that need attention</A>
        <A href="/jobs?standing=open">All jobs that need attention</A>
      </p>
    </section>
  );
}

function ownerOf({ failure_type }: JobRow): string | null {
  return failure_type === null ? null : whoCan(failure_type, null);
}

interface NeedProps {
  title: string;
  /** Links to the affected clips or job. */
  children: ReactNode;
  reason: string;
  /** Time of the latest failure, Unix milliseconds. */
  at: number;
  aside?: ReactNode;
}

function Need({ title, children, reason, at, aside }: NeedProps) {
  return (
    <li className="padded stack">
      <p className="row">
        <strong>{title}</strong>
        {children}
      </p>
      {reason !== '' && (
        <p>
          <Sentence value={reason} limit={REASON_LIMIT} />
        </p>
      )}
      <p className="row soft">
        {aside}
        <Moment at={at} />
      </p>
    </li>
  );
}

function JobFile({ job }: { job: JobRow }) {
  const { name, problem, failure_type: type, failure_reason: reason, when } = job;
  const title = type === null ? 'Unreadable' : FAILURES[type].short;
  return (
    <Need title={title} reason={problem ?? plainReason(type, reason)} at={when}>
      <A href={jobPath(job)}>
        <Name value={name} limit={160} />
      </A>
    </Need>
  );
}

function Clips({ need }: { need: NeedOfClips }) {
  const { title, total, own, cause, cards, cardCount, latest } = need;
  const view = (card?: string) =>
    `/clips${queryString({ clip_state: 'open', cause, card: card ?? null })}`;
  const prefix = `${title.replace(NOT_PLANNED, '')}.`;
  const whole = clipReason(latest) ?? '';
  const reason = whole.startsWith(prefix) ? whole.slice(prefix.length).trim() : whole;
  const held = own > 0 ? total - own : 0;
  const aside = (
    <>
      <span>
        {own > 1 && 'Most recent: '}
        <ClipName row={latest} />
      </span>
      {held > 0 && <span>{plural(held, 'more proxy')} of its job not started</span>}
    </>
  );
  return (
    <Need {...{ title, aside }} reason={reason} at={latest.when}>
      <A
        href={view(cardCount === 1 ? cards[0]?.path : undefined)}
        aria-label={`${plural(total, 'proxy')}: ${title}`}
      >
        {plural(total, 'proxy')}
      </A>
      {cards.map((card) => (
        <A key={card.path} href={cardCount > 1 ? view(card.path) : cardPath(card.path)}>
          <CardName path={card.path} />
          {cardCount > 1 && ` (${formatCount(card.clips)})`}
        </A>
      ))}
      {cardCount > cards.length && <span>+ {plural(cardCount - cards.length, 'more card')}</span>}
    </Need>
  );
}
