import type { ReactNode } from 'react';
import { grouped, text } from '@app/jobspec/folder';
import { CardGroup } from '@/components/clips/card-group.tsx';
import { Pager } from '@/components/jobs/pager.tsx';
import { Finish } from '@/components/text/finish.tsx';
import { Moment } from '@/components/text/moment.tsx';
import { Notice } from '@/components/text/notice.tsx';
import { Status } from '@/components/text/status.tsx';
import { CardLink, Name, Path, Sentence } from '@/components/text/words.tsx';
import { kindWords } from '@/lib/words/look-words.ts';
import { activeJob, nowSentence } from '@/lib/words/now-sentence.ts';
import { jobSentence, statusSentence } from '@/lib/words/sentences.ts';
import { verdictOf } from '@/lib/words/state-words.ts';
import { NO_RUNNER, type FolderView } from '@/lib/index/folder-view.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { clipsOfJob } from '@/lib/query/clip-rows.ts';
import { apiJobPath, CLIPS_A_PAGE, jobPath } from '@/lib/query/job-path.ts';
import { DEFAULT_QUERY } from '@/lib/query/job-query.ts';
import { jobCards } from '@/lib/query/job-rows.ts';
import { cardsOf, viewSentence } from '@/lib/query/select-clips.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { instant } from '@/lib/index/instant.ts';
import { plural, formatBytes, formatDuration } from '@/lib/words/quantities.ts';
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

/** Page of a job, most urgent first. */
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
        <h2 id="facts">Details</h2>
        <FactList facts={factsOf(job)} />
        <details>
          <summary>Technical details</summary>
          <FactList facts={technicalFactsOf(job)} />
          <a href={apiJobPath(row)}>JobSpec and result as JSON</a>
        </details>
      </section>
    </article>
  );
}

/** Progress of a job and of its cards. */
function JobHead({ index, job, folder }: HeadProps) {
  const { row, result } = job;
  const errors = result?.violations.length ?? 0;
  const { first: paths, total } = jobCards(index, [row]).get(row.id) ?? { first: [], total: 0 };
  return (
    <header className="stack">
      <h1>
        <Name value={row.final_status === 'PARTIAL' ? row.name : `${row.name}:`} limit={160} />
        {row.final_status === 'PARTIAL'
          ? ` was rejected${errors > 0 ? `: ${plural(errors, 'error')}` : ''}.`
          : ` ${jobSentence(row)}`}
      </h1>
      <p>
        <Status verdict={verdictOf(row, folder?.runner)} />
      </p>
      {paths.map((card) => (
        <p key={card} className="row">
          <span>
            Card <CardLink path={card} />
          </span>
          <span className="soft">
            {viewSentence(index, cardsOf(index, { ...DEFAULT_QUERY, card }))}
          </span>
        </p>
      ))}
      {total > paths.length && <p>+ {plural(total - paths.length, 'more card')}</p>}
      <StatusSentence {...{ index, job, folder }} />
    </header>
  );
}

/** Sentence about a job without a reliable result. */
function StatusSentence({ index, job, folder }: HeadProps) {
  const { row, result } = job;
  const isAway = folder !== null && folder.problem !== null;
  if (row.problem === null && result !== null) return null;
  if (row.problem === null && row.final_status !== null && !isAway) return null;
  const runner = folder?.runner ?? NO_RUNNER;
  const active = isAway ? undefined : activeJob(runner, row.name);
  return (
    <p>
      <Sentence value={row.problem ?? statusSentence(row, runner, isAway)} limit={600} />{' '}
      {active && nowSentence(active, runner)}
      {active && folder && (
        <Finish index={index} folder={folder} job={active}>
          Job
        </Finish>
      )}
    </p>
  );
}

/** Page of a job's clips, in the order of its sources. */
function JobClips({ index, job: { row }, page }: Props) {
  const rows = clipsOfJob(index, row, (page - 1) * CLIPS_A_PAGE, CLIPS_A_PAGE);
  if (rows.length === 0) return null;
  const cards = grouped(rows, ({ card }) => card);
  return (
    <section className="stack" aria-labelledby="clips">
      <h2 id="clips">{plural(Math.max(row.total_clips ?? 0, rows.length), 'clip')}</h2>
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

function factsOf({ row, result, spec }: OpenJob): Fact[] {
  const recovery = result?._recovery;
  const [started, ended] = [row.started_at, row.completed_at].map(momentOf);
  return [
    { label: 'Output folder', value: copied(text(spec?.['output_directory'])) },
    { label: 'Format', value: row.kind && kindWords(row.kind) },
    { label: 'Size', value: row.output_size_bytes && formatBytes(row.output_size_bytes) },
    { label: 'Started', value: started },
    { label: 'Finished', value: ended },
    { label: 'Submitted', value: !started && !ended && <Moment at={row.when} /> },
    { label: 'Duration', value: row.duration_seconds && formatDuration(row.duration_seconds) },
    {
      label: 'Recovered',
      value: recovery && (
        <>
          {momentOf(recovery.recovered_at)}, from <Path value={recovery.original_path} />
        </>
      ),
    },
  ];
}

function technicalFactsOf({ row, result }: OpenJob): Fact[] {
  const metadata = result?._metadata;
  return [
    { label: 'Job id', value: row.job_id && <Path value={row.job_id} /> },
    { label: 'Folder', value: <Path value={`${row.folder}/${row.state}`} /> },
    { label: 'Worker', value: row.worker_id },
    ...METADATA.map(([key, label]) => {
      const value = metadata?.[key];
      const Shown = label === 'Routing' ? Sentence : Path;
      return { label, value: value && <Shown value={value} /> };
    }),
  ];
}

function momentOf(written: string | null): ReactNode {
  const at = instant(written);
  return at !== null && <Moment at={at} />;
}

const METADATA = [
  ['engine_routing_reason', 'Routing'],
  ['engine_version', 'Engine version'],
  ['runner_version', 'Runner'],
  ['hostname', 'Host'],
  ['jobspec_sha256', 'SHA-256'],
] as const;
