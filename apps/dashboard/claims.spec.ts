import { createElement } from 'react';
import { describe, expect, it, vi } from 'vitest';
import ErrorPage from './app/error.tsx';
import NotFound from './app/not-found.tsx';
import { ClipsHead } from './components/clips/clips-head.tsx';
import { NoClips } from './components/clips/no-clips.tsx';
import { Failure } from './components/job/failure.tsx';
import { NextSteps } from './components/job/next-steps.tsx';
import { Recovery } from './components/job/recovery.tsx';
import { JobsHead } from './components/jobs/jobs-head.tsx';
import { MatchedClips } from './components/jobs/matched-clips.tsx';
import { NoJobs } from './components/jobs/no-jobs.tsx';
import { Figures } from './components/overview/figures.tsx';
import { FirstSteps } from './components/overview/first-steps.tsx';
import { FolderSlate } from './components/overview/folder-slate.tsx';
import { LatestFailures } from './components/overview/latest-failures.tsx';
import { RunningJobs } from './components/overview/running-jobs.tsx';
import { ThroughputChart } from './components/overview/throughput-chart.tsx';
import { UnclearResults } from './components/overview/unclear-results.tsx';
import { NoPictures } from './components/pictures/no-pictures.tsx';
import { ReportHead } from './components/report/report-head.tsx';
import { AwayNote } from './components/shell/away-note.tsx';
import { SiteFooter } from './components/shell/site-footer.tsx';
import { IndexingNote } from './components/shell/indexing-note.tsx';
import { NO_RUNNER } from './lib/jobs/folder-view.ts';
import { CLIP_STATUSES, NO_CLIPS, type ClipStatus } from './lib/jobs/clip-row.ts';
import { DEFAULT_QUERY } from './lib/query/job-query.ts';
import { nothing, NO_OUTCOME, said } from './said.ts';

vi.mock('next/link', () => ({
  default: ({ children }: { children: unknown }) => createElement('a', null, children as string),
}));

const reading = { ...nothing, version: '0', indexing: { done: 5, total: 9 } };
const filtered = { ...DEFAULT_QUERY, q: 'x' };
const row = { folder: 'dailies', name: 'a.json', problem: null, failure_type: null };

describe('a clip that a search found', () => {
  it.each<[ClipStatus, string]>([
    ['COMPLETED', 'C001.mov made and verified'],
    ['FAILED', 'C001.mov failed'],
    ['NOT_MADE', 'C001.mov not made'],
    ['RUNNING', 'C001.mov being made now'],
    ['WAITING', 'C001.mov waits for its turn'],
    ['UNKNOWN', 'C001.mov not known'],
  ])('says what became of it: %s', (status, sentence) => {
    const stored = {
      id: 0,
      folder: 'dailies',
      base: 'a',
      state: 'failed',
      status: CLIP_STATUSES.indexOf(status),
      facts: '[]',
      source_path: '/card/C001.mov',
      output_path: '',
    };
    const index = { ...nothing, ask: () => [stored] };
    expect(said(MatchedClips, { index, row: { ...row, id: 1 }, q: 'c001' })).toBe(sentence);
  });
});

describe('a view with nothing in it', () => {
  it.each([
    [
      NoClips,
      { index: nothing, query: filtered },
      'No clip matches. Every word must stand in the name or path of a clip or its proxy',
    ],
    [
      NoClips,
      { index: nothing, query: filtered },
      'Try fewer words or shorter ones, or show all clips.',
    ],
    [
      NoClips,
      { index: nothing, query: { ...DEFAULT_QUERY, clip_state: 'failed' } },
      'A clip that failed counts as to come while a retry of it waits or runs: clips to come. No clip has all that is chosen above. Choose less, or show all clips.',
    ],
    [
      NoClips,
      { index: nothing, query: DEFAULT_QUERY },
      'No clip yet. A clip appears here once a job names it.',
    ],
    [
      NoJobs,
      { index: nothing, isFiltered: true },
      'No job matches. A search looks through names and ids of jobs',
    ],
    [
      NoJobs,
      { index: nothing, isFiltered: true },
      'Try a shorter part of the name, or show all jobs.',
    ],
    [
      NoJobs,
      { index: nothing, isFiltered: false },
      'No job yet. Drop a JobSpec into the pending folder of a watch folder. It appears here within seconds.',
    ],
    [
      NoPictures,
      { list: '/' },
      'None of these clips has a picture. The runner makes them of proxies that come through, and keeps them in its own folder. Show the clips as a list.',
    ],
    [RunningJobs, { index: nothing }, 'No job is being worked on.'],
    [LatestFailures, { index: nothing }, 'No job has failed in the last 14 days.'],
    [Figures, { unit: 'Day', data: [] }, 'No job ended.'],
    [
      NotFound,
      {},
      'There is nothing here. A job that just moved on appears within a second. One that was moved back to pending under its name, or deleted, is gone from here. Look for it in all jobs.',
    ],
    [
      ErrorPage,
      {},
      'This page could not be shown. The jobs are not affected: the dashboard only reads. Its log says what went wrong.',
    ],
  ])('says so, and what to do: %#', (component, props, sentence) => {
    expect(said(component, props).replaceAll(/\.(?=[A-Z])/gu, '. ')).toContain(sentence);
  });
});

it('says how a first job is made', () => {
  const index = { folders: [{ path: '/w', problem: null }] };
  expect(said(FirstSteps, { index })).toBe(
    'No job yet. Drop the first one.Start the runner for the folder, then hand it a JobSpec:watch-folder-runner /w\nwatch-folder-runner submit job.json /wIt appears here within seconds, and so does its result.',
  );
});

describe('what may not be all', () => {
  it('is said while nothing can be read', () => {
    const problem = "The index can't be kept in /index (disk full).";
    expect(said(IndexingNote, { index: { problem, indexing: null } })).toBe(
      `${problem} What was known before is shown.`,
    );
  });

  it('is said while folders are read', () => {
    expect(
      said(IndexingNote, { index: { problem: null, indexing: { done: 5000, total: 100_000 } } }),
    ).toBe(
      'Reading the folders: 5,000 of 100,000 jobs so far, the latest first. What isn’t read yet is missing from lists, sums and searches.',
    );
    expect(said(IndexingNote, { index: { problem: null, indexing: null } })).toBe('');
  });

  it('is said by every sentence that counts, and by those that say that there is nothing', () => {
    const sums = { ...NO_CLIPS, total: 5, through: 5 };
    const view = { sums, isCounted: true, sources: null, clipless: 0, rows: [] };
    const index = reading;
    const props = { index, query: filtered, isFiltered: true, total: 5, unclear: 0 };
    expect(said(ClipsHead, { ...props, view, links: null })).toContain('So far: All 5 through.');
    expect(said(JobsHead, props)).toContain('So far: 5 jobs');
    expect(said(JobsHead, { ...props, unclear: 4 })).toContain('5 jobs, 4 of them not known');
    expect(said(NoClips, props)).toBe(
      'None of the clips read so far.The folders are still being read. This page follows by itself.',
    );
    expect(said(NoJobs, props)).toContain('None of the jobs read so far.');
    expect(said(LatestFailures, { index })).toContain(
      'No job read so far has failed in the last 14 days.',
    );
    expect(
      said(ReportHead, { ...props, day: '2026-11-26', bytes: 0, toEnd: null, view }),
    ).toContain('So far: All 5 through.');
  });

  it('is said of a view that is too wide to count', () => {
    const sums = { ...NO_CLIPS, total: 5, through: 5 };
    const view = { sums, isCounted: false, sources: null, clipless: 0, rows: [] };
    const props = { index: nothing, query: DEFAULT_QUERY, view };
    const headline = 'Of the latest 60,000 clips: All 5 through.';
    expect(said(ReportHead, { ...props, day: '2026-11-26', bytes: 0, toEnd: null })).toContain(
      headline,
    );
    const head = said(ClipsHead, { ...props, links: null });
    expect(head).toContain(headline);
    expect(head).toContain(
      'There are more: this counts the latest 60,000 clips. Add a word or a day to count all of them. Exports have all clips.',
    );
    const hint = (query: object) =>
      said(ClipsHead, { ...props, query: { ...DEFAULT_QUERY, ...query }, links: null });
    expect(hint({ day: '2026-11-26' })).toContain('Add a word to count all of them.');
    expect(hint({ q: 'x' })).toContain('Add another word or a day to count all of them.');
    expect(hint({ q: 'x', day: '2026-11-26' })).toContain('Add another word to count all of them.');
  });

  it('is said of jobs that failed before anybody knew their clips', () => {
    const view = {
      sums: { ...NO_CLIPS, total: 5, through: 5 },
      isCounted: true,
      sources: null,
      rows: [],
    };
    const of = (clipless: number) =>
      said(ClipsHead, {
        index: nothing,
        query: DEFAULT_QUERY,
        view: { ...view, clipless },
        links: null,
      });
    expect(of(2)).toContain('All 5 through. And 2 jobs failed before their clips were known.');
    expect(of(1)).toContain('And 1 job failed before its clips were known.');
    expect(of(0)).not.toContain('And ');
    const report = {
      index: nothing,
      query: DEFAULT_QUERY,
      day: '2026-11-26',
      bytes: 0,
      toEnd: null,
    };
    expect(said(ReportHead, { ...report, view: { ...view, clipless: 2 } })).toContain(
      'All 5 through. And 2 jobs failed before their clips were known.',
    );
  });

  it('is said of a folder that is away, and of a running job that nobody works on', () => {
    const counts = { pending: 0, running: 0, completed: 3, failed: 0 };
    const problem = { sentence: 'The folder is not there.', isNew: false };
    expect(
      said(FolderSlate, { folder: { name: 'a', runner: NO_RUNNER, counts, problem } }),
    ).toContain('The folder is not there. What was known before is shown.');
    const running = { base: 'a', files: 1, state: 'running', folder: 'a', final_status: null };
    expect(said(RunningJobs, { index: { ...nothing, ask: () => [running] } })).toContain(
      'No runner says that it works on this.',
    );
  });

  it('is said where no runner ever was', () => {
    const counts = { pending: 0, running: 0, completed: 0, failed: 0 };
    const folder = { name: 'a', runner: NO_RUNNER, counts, problem: null };
    expect(said(FolderSlate, { folder })).toContain(
      'Start one for this folder: watch-folder-runner FOLDER. It says here what it does.',
    );
  });
});

describe('what to do about a failure', () => {
  const by = { folder: 'dailies', state: 'completed', name: 'b.json' };
  const steps = (of: object, result: object | null) =>
    said(NextSteps, {
      job: {
        row: { ...row, state: 'failed', outcome: null, ...of },
        result,
        later: null,
        left: { total: 0, names: [] },
      },
      folderPath: '/w',
    });

  it('depends on whether the same file may succeed', () => {
    const failed = steps({}, { failure_type: 'EngineError', completed_clips: 2 });
    expect(failed).toContain('The facility engineer can do this.');
    expect(failed).toContain(
      'Finished proxies are kept, and the runner overwrites nothing: take their sources out of a copy of the JobSpec. Leave this job and its result where they lie: they tell of what it made.',
    );
    expect(failed).toContain('Once the cause is gone, hand the job to it once more:');
    expect(failed).not.toContain(' rm /');
    const outcome = { ...NO_OUTCOME, open: 6, since: 1 };
    const none = steps({ outcome }, { failure_type: 'EngineError', completed_clips: 0 });
    expect(none).toContain(
      'The finished proxy is kept, and the runner overwrites nothing: take its source out of a copy of the JobSpec.',
    );
    expect(none).toContain('rest-of-');
    expect(steps({}, { failure_type: 'InvalidJsonError', completed_clips: 0 })).toContain(
      'The same file would be refused again. Correct it first, and then hand it to the runner once more:',
    );
  });

  it('is nothing once its clips are made: the same job would be refused', () => {
    const outcome = { ...NO_OUTCOME, open: 0, good: 1, since: 7, jobs: 1, by };
    const result = { failure_type: 'EngineError', completed_clips: 2 };
    const done = steps({ outcome }, result);
    expect(done).toContain('Nothing is left to do: there is a proxy of each of its clips.');
    expect(done).not.toContain('submit');
    const some = steps({ outcome: { ...outcome, open: 1, since: 6 } }, result);
    expect(some).toContain('take their sources out of a copy');
    expect(some).toContain('submit');
  });

  it('is nothing while a retry of all that is open waits or runs', () => {
    const retry = { folder: 'dailies', state: 'pending', name: 'c.json', isAtWork: true };
    const open = {
      unmade: 4,
      open: 4,
      good: 0,
      since: 0,
      before: 0,
      jobs: 0,
      by: null,
      retryJobs: 1,
      unclear: 0,
      unclearJobs: 0,
      unclearBy: null,
    };
    const of = (outcome: object) =>
      steps(
        { outcome: { ...open, retried: 4, retries: [retry], ...outcome } },
        { failure_type: 'EngineError', completed_clips: 2 },
      );
    expect(of({})).toBe(
      'What to do nextNothing is to be handed in now: a retry asks for all clips that are open.A retry waits: c.json',
    );
    expect(of({ retries: [{ ...retry, state: 'running', isAtWork: false }] })).toContain(
      'Start the runner again: it records the retry as interrupted. Only then is there something to hand in.',
    );
    const two = of({ retryJobs: 2, retries: [retry, { ...retry, name: 'd.json' }] });
    expect(two).toContain('2 retries ask for all clips that are open.');
    const unclear = of({
      open: 0,
      retried: 0,
      retryJobs: 0,
      retries: [],
      unclear: 4,
      unclearJobs: 1,
      unclearBy: retry,
    });
    expect(unclear).toContain('Look at the retry first');
    expect(unclear).not.toContain('submit');
    const some = of({ retried: 2 });
    expect(some).toContain('Take the sources that the retry asks for out of the JobSpec, too.');
    expect(some).toContain('submit');
  });

  it('is to look, where the result can not be relied on', () => {
    expect(steps({ problem: 'moved' }, {})).toContain(
      'The clips below are as the runner left them. Move the job and its result back to the folder of their verdict.',
    );
    const unread = steps({ problem: 'half-written' }, null);
    expect(unread).toContain(
      'If the runner is still writing the result, this page follows within seconds. Otherwise look at the file itself, in failed/ of the watch folder',
    );
    expect(unread).toContain(
      'To make the proxies once more, move away those that exist, move the JobSpec back to pending/ and delete the result: the runner overwrites nothing.',
    );
  });

  it('begins with why: given or not, whole or in part', () => {
    const violations = Array.from({ length: 103 }, () => ({ path: 'codec', message: 'is odd' }));
    const result = {
      final_status: 'PARTIAL',
      failure_reason: null,
      failure_type: null,
      violations,
    };
    const why = said(Failure, { job: { row, failed: null }, result });
    expect(why).toContain('Why it was refused');
    expect(why).toContain('The result gives no reason.');
    expect(why).toContain('and 3 more, in the raw result');
  });

  it('tells a runner that was stopped from one that died', () => {
    const result = { failure_type: 'RunnerInterrupted' };
    expect(said(Recovery, { result })).toContain(
      'The runner was asked to stop, waited as long as it may, and then ended the encoder. It recorded that before it went.',
    );
    const _recovery = { recovered_at: '', original_path: '/w/running/a.json' };
    const died = said(Recovery, { result: { ...result, _recovery } });
    expect(died).toContain(
      'The runner ended without warning: a crash, a power cut, a killed process.',
    );
    expect(died).toContain('it found the job at /w/running/a.json and recorded it as interrupted.');
    expect(died).toContain(
      'Proxies that had been published by then are complete and listed below.',
    );
  });
});

describe('results that nobody can read', () => {
  it('are named on the overview, which counts them where they lie', () => {
    const stored = { id: 1, folder: 'a', state: 'completed', base: 'x', problem: 'x is gone.' };
    const index = {
      ...nothing,
      version: '2',
      ask: (sql: string) => [sql.includes('count') ? { total: 1 } : stored],
    };
    expect(said(UnclearResults, { index })).toBe(
      'Results to look atWhat became of 1 job is not known, though it lies in completed/ or failed/.x.jsonUnclearx is gone.',
    );
    expect(said(UnclearResults, { index: { ...nothing, version: '3' } })).toBe('');
  });

  it('are no part of what is completed', () => {
    const counts = { pending: 0, running: 0, completed: 28, failed: 2 };
    const folder = { name: 'a', runner: NO_RUNNER, counts, problem: null };
    expect(said(FolderSlate, { folder, unclear: { completed: 16, failed: 0 } })).toContain(
      '0pending0running12completed2failed16not known',
    );
    const hour = { label: '09', completed: 12, failed: 0, unclear: 16 };
    const chart = { id: 'today', title: 'Today', unit: 'Hour', data: [hour], tick: String };
    expect(said(ThroughputChart, chart)).toContain('12 completed0 failed16 not known');
    expect(said(Figures, { unit: 'Hour', data: [hour] })).toContain('Not known0912016');
  });
});

it('says which times are shown without scripts', () => {
  expect(said(SiteFooter, {})).toContain('Without scripts times are in UTC.');
});

describe('a folder that is away', () => {
  const problem = { sentence: 'The folder is not there.', isNew: false };
  const index = {
    folders: [
      { name: 'a', problem, counts: { pending: 0, running: 0, completed: 3, failed: 0 } },
      { name: 'b', problem: null },
      { name: 'c', problem, counts: { pending: 0, running: 0, completed: 0, failed: 0 } },
    ],
  };

  it.each([
    [
      null,
      'a: The folder is not there. What was known before is shown.c: The folder is not there.',
    ],
    ['c', 'c: The folder is not there.'],
    ['a', 'a: The folder is not there. What was known before is shown.'],
    ['b', ''],
  ])('is named above what is shown of it: %j', (folder, sentence) => {
    expect(said(AwayNote, { index, folder })).toBe(sentence);
  });
});
