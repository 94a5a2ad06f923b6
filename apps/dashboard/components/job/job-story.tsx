import { Moment } from '@/components/text/moment.tsx';
import { Notice } from '@/components/text/notice.tsx';
import { Status } from '@/components/text/status.tsx';
import { CardLink, Name, Sentence } from '@/components/text/words.tsx';
import { nowSentence } from '@/lib/format/now-sentence.ts';
import { jobSentence, undecidedSentence } from '@/lib/format/sentences.ts';
import { verdictOf } from '@/lib/format/state-words.ts';
import { NO_RUNNER, type FolderView } from '@/lib/jobs/folder-view.ts';
import { activeJob, secondsWithoutFrame } from '@/lib/jobs/seconds-running.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { jobCards } from '@/lib/query/job-cards.ts';
import { apiJobPath } from '@/lib/query/job-path.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { counted } from '@/lib/text/quantities.ts';
import { Facts } from './facts.tsx';
import { Failure } from './failure.tsx';
import { JobClips } from './job-clips.tsx';
import { RawFile } from './raw-file.tsx';
import styles from './job.module.css';

interface Props {
  index: WatchIndex;
  job: OpenJob;
  /** Page of clips, from 1. */
  page: number;
}

interface HeadProps extends Omit<Props, 'page'> {
  folder: FolderView | null;
}

/** The whole story of a job, the most pressing first. */
export function JobStory({ index, job, page }: Props) {
  const { row, result, problem } = job;
  const folder = index.folder(row.folder);
  const api = apiJobPath(row);
  const notices = [folder?.problem?.sentence, problem === row.problem ? null : problem];
  return (
    <article className={styles.page}>
      <JobHead index={index} job={job} folder={folder} />
      <Notice sentences={notices.filter((sentence) => typeof sentence === 'string')} />
      {row.state === 'failed' || result?.failure_type != null ? (
        <Failure job={job} folderPath={folder?.path ?? ''} />
      ) : null}
      <JobClips {...{ index, job, page }} />
      <div className={styles.columns}>
        <Facts job={job} />
        <section className={styles.section} aria-labelledby="files">
          <h2 id="files">Files</h2>
          <RawFile title="JobSpec" file={job.jobspecFile} href={api} />
          <RawFile title="Result" file={job.resultFile} href={api} />
        </section>
      </div>
    </article>
  );
}

/** Which cards this is of, and how far it came. */
function JobHead({ index, job, folder }: HeadProps) {
  const { row, result } = job;
  const mistakes = result?.violations.length ?? 0;
  const cards = jobCards(index, [row]).get(row.id) ?? { first: [], total: 0 };
  const more = cards.total - cards.first.length;
  return (
    <header className={styles.head}>
      <h1>
        {cards.first.map((card) => (
          <CardLink key={card} path={card} />
        ))}
        {more > 0 && ` and ${more} more`}
        {cards.total === 0 && <Name value={row.name} limit={160} />}
        {cards.total === 0 && row.final_status === 'PARTIAL'
          ? ` was refused${mistakes > 0 ? `: ${counted(mistakes, 'mistake')}` : ''}.`
          : `: ${jobSentence(row)}`}
      </h1>
      <p className={styles.file}>
        <Status verdict={verdictOf(row, folder?.runner)} />
        <Name value={row.name} />
      </p>
      <Undecided {...{ job, folder }} />
    </header>
  );
}

/** Of a job without a verdict, or with one that can't be relied on. */
function Undecided({ job, folder }: Omit<HeadProps, 'index'>) {
  const { row, result } = job;
  const isAway = folder !== null && folder.problem !== null;
  if (row.problem === null && result !== null) return null;
  if (row.problem === null && row.final_status !== null && !isAway) return null;
  const runner = folder?.runner ?? NO_RUNNER;
  return (
    <p>
      <Sentence value={row.problem ?? undecidedSentence(row, runner, isAway)} limit={600} />{' '}
      {!isAway && <AtWork {...{ job, folder }} />}
    </p>
  );
}

/** How far a runner is with a job, and since when. */
function AtWork({ job: { row }, folder }: Omit<HeadProps, 'index'>) {
  const runner = folder?.runner ?? NO_RUNNER;
  const active = activeJob(runner, row.name);
  if (active === undefined) return null;
  return (
    <>
      {nowSentence(active, secondsWithoutFrame(active, runner))} Running since{' '}
      <Moment at={Date.parse(active.started_at)} seconds />.
    </>
  );
}
