import { Fragment, type ReactNode } from 'react';
import { text } from '@app/jobspec/folder';
import { CardGroup } from '@/components/clips/card-group.tsx';
import { Pager } from '@/components/jobs/pager.tsx';
import { Moment } from '@/components/text/moment.tsx';
import { Notice } from '@/components/text/notice.tsx';
import { Status } from '@/components/text/status.tsx';
import { CardLink, Name, Path, Sentence } from '@/components/text/words.tsx';
import { kindWords } from '@/lib/words/look-words.ts';
import { activeJob, nowSentence } from '@/lib/words/now-sentence.ts';
import { jobSentence, undecidedSentence } from '@/lib/words/sentences.ts';
import { verdictOf } from '@/lib/words/state-words.ts';
import { NO_RUNNER, type FolderView } from '@/lib/index/folder-view.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { clipsOfJob } from '@/lib/query/clip-rows.ts';
import { apiJobPath, CLIPS_A_PAGE, jobPath } from '@/lib/query/job-path.ts';
import { jobCards } from '@/lib/query/job-rows.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { grouped } from '@/lib/index/grouped.ts';
import { instant } from '@/lib/index/instant.ts';
import { counted, formatBytes, formatDuration } from '@/lib/words/quantities.ts';
import { copied, FactList, type Fact } from './facts.tsx';
import { Failure } from './failure.tsx';

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
  const notices = [folder?.problem?.sentence, problem === row.problem ? null : problem];
  return (
    <article className="page">
      <JobHead index={index} job={job} folder={folder} />
      <Notice sentences={notices.filter((sentence) => typeof sentence === 'string')} />
      {row.state === 'failed' || result?.failure_type != null ? (
        <Failure job={job} folderPath={folder?.path ?? ''} />
      ) : null}
      <JobClips {...{ index, job, page }} />
      <section className="stack" aria-labelledby="facts">
        <h2 id="facts">The job</h2>
        <FactList facts={factsOf(job)} />
        <a href={apiJobPath(row)}>JobSpec and result as JSON</a>
      </section>
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
    <header className="stack">
      <h1>
        {cards.first.map((card, at) => (
          <Fragment key={card}>
            {at > 0 && ', '}
            <CardLink path={card} />
          </Fragment>
        ))}
        {more > 0 && ` and ${more} more`}
        {cards.total === 0 && <Name value={row.name} limit={160} />}
        {cards.total === 0 && row.final_status === 'PARTIAL'
          ? ` was refused${mistakes > 0 ? `: ${counted(mistakes, 'mistake')}` : ''}.`
          : `: ${jobSentence(row)}`}
      </h1>
      <p className="row soft">
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
      {nowSentence(active, runner)} Running since <Moment at={Date.parse(active.started_at)} />.
    </>
  );
}

/** The clips of a job in the order of its sources, each with a page of its own. A job may have 10,000. */
function JobClips({ index, job: { row }, page }: Props) {
  const rows = clipsOfJob(index, row, (page - 1) * CLIPS_A_PAGE, CLIPS_A_PAGE);
  if (rows.length === 0) return null;
  const cards = grouped(rows, ({ card }) => card);
  return (
    <section className="stack" aria-labelledby="clips">
      <h2 id="clips">{counted(Math.max(row.total_clips ?? 0, rows.length), 'clip')}</h2>
      {Array.from(cards, ([card, clips]) => (
        <CardGroup key={card} index={index} rows={clips} />
      ))}
      <Pager
        label="Pages of clips"
        page={page}
        last={Math.ceil((row.total_clips ?? 0) / CLIPS_A_PAGE)}
        href={(to) => `${jobPath(row)}?clips=${to}`}
      />
    </section>
  );
}

/** What is written about a job apart from its clips: where its proxies are, first of all. */
function factsOf({ row, result, spec }: OpenJob): Fact[] {
  const { _recovery: recovery, _metadata: metadata } = result ?? {};
  const [started, ended] = [row.started_at, row.completed_at].map(momentOf);
  return [
    { label: 'Proxies in', value: copied(text(spec?.['output_directory'])) },
    { label: 'Made as', value: row.kind && kindWords(row.kind) },
    { label: 'Size', value: row.output_size_bytes && formatBytes(row.output_size_bytes) },
    { label: 'Started', value: started },
    { label: 'Ended', value: ended },
    { label: 'Written', value: !started && !ended && <Moment at={row.when} /> },
    { label: 'Took', value: row.duration_seconds && formatDuration(row.duration_seconds) },
    {
      label: 'Found again',
      value: recovery && (
        <>
          {momentOf(recovery.recovered_at)}, at <Path value={recovery.original_path} />
        </>
      ),
    },
    { label: 'Job id', value: row.job_id && <Path value={row.job_id} /> },
    { label: 'Lies in', value: <Path value={`${row.folder}/${row.state}`} /> },
    { label: 'Worker', value: row.worker_id },
    ...METADATA.map(([key, label]) => {
      const value = metadata?.[key];
      const Shown = label === 'Engine' ? Sentence : Path;
      return { label, value: value && <Shown value={value} /> };
    }),
  ];
}

function momentOf(written: string | null): ReactNode {
  const at = instant(written);
  return at !== null && <Moment at={at} />;
}

const METADATA = [
  ['engine_routing_reason', 'Engine'],
  ['engine_version', 'Engine version'],
  ['runner_version', 'Runner'],
  ['hostname', 'Host'],
  ['jobspec_sha256', 'SHA-256'],
] as const;
