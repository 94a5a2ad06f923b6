import { describe, expect, inject, it } from 'vitest';
import { dashboardAt } from './dashboard.ts';

interface Jobs {
  total: number;
  page: number;
  pageSize: number;
  indexing: unknown;
  jobs: { name: string; state: string; completed_at: string | null; duration_seconds: number }[];
}

describe('the read-only API', () => {
  const dashboard = dashboardAt(inject('sample'));
  it('sums up every folder with its runner', async () => {
    expect(await dashboard.json('/api/summary')).toEqual({
      indexing: null,
      folders: [
        {
          name: 'dailies',
          runner: {
            state: 'running',
            reason: null,
            last_scan_at: expect.any(String) as string,
            version: '0.1.0',
            host: 'ingest-01',
          },
          pending: 2,
          running: 1,
          completed: 60,
          failed: 4,
          not_known: 0,
          not_planned: 0,
        },
      ],
    });
  });

  it('counts what a runner at work has made as through', async () => {
    const sums = {
      total: 2,
      through: 1,
      failed: 0,
      not_made: 1,
      not_known: 0,
      not_planned: 0,
      waiting: 1,
    };
    expect(await dashboard.json('/api/clips?q=D004')).toMatchObject({
      ...sums,
      clips: [{ status: 'COMPLETED' }, { status: 'RUNNING' }],
    });
  });

  it('knows no card whole that nobody has planned', async () => {
    expect(await dashboard.json('/api/clips?q=D004')).toMatchObject({ on_record: false });
  });

  it('gives a job exactly these fields', async () => {
    const { jobs } = await dashboard.json<Jobs>('/api/jobs?q=typo');
    expect(jobs).toEqual([
      {
        folder: 'dailies',
        state: 'failed',
        name: 'typo.json',
        job_id: 'typo',
        final_status: 'PARTIAL',
        execution_engine: null,
        failure_type: 'JobSpecValidationError',
        failure_reason: expect.stringMatching(
          /^JobSpec contract violation: sources\[1\] must be an absolute path/u,
        ) as string,
        total_clips: 2,
        completed_clips: 0,
        output_size_bytes: 0,
        duration_seconds: 0.01,
        worker_id: 1,
        started_at: expect.stringMatching(/\+00:00$/u) as string,
        completed_at: expect.stringMatching(/\+00:00$/u) as string,
        clips_open: null,
      },
    ]);
  });

  it('gives a clip exactly these fields', async () => {
    const { clips } = await dashboard.json<{ clips: object[] }>('/api/clips?q=B007C002');
    expect(Object.keys(clips[0] ?? {}).join(' ')).toBe(
      'folder state job index card source_path output_path kind status failure_type failure_reason ' +
        'checks_passed checks_total warnings timecode reel output_size_bytes duration_seconds output_xxh64 pictures ended_at',
    );
  });

  it('pages through all jobs without losing one', async () => {
    const names = new Set<string>();
    for (let page = 1; page <= 7; page += 1) {
      const answer = await dashboard.json<Jobs>(`/api/jobs?page=${page}&pageSize=10`);
      expect([answer.total, answer.page, answer.pageSize, answer.indexing]).toEqual([
        67,
        page,
        10,
        null,
      ]);
      for (const { name } of answer.jobs) names.add(name);
    }
    expect(names.size).toBe(67);
    expect((await dashboard.json<Jobs>('/api/jobs?page=8&pageSize=10')).jobs).toEqual([]);
  });

  it('takes all of a view along as CSV, made safe for spreadsheets', async () => {
    const jobs = (await (await dashboard.get('/jobs.csv?state=failed')).text())
      .trim()
      .split('\r\n');
    expect(jobs).toHaveLength(5);
    const clips = (await (await dashboard.get('/clips.csv')).text()).trim().split('\r\n');
    const { total } = await dashboard.json<Jobs>('/api/clips?pageSize=1');
    expect(clips).toHaveLength(1 + total);
    expect(clips[0]).toMatch(/^folder,state,job,index,card,source_path,/u);
  });

  it.each([
    ['asc', (a: number, b: number) => a - b],
    ['desc', (a: number, b: number) => b - a],
  ])('sorts %s', async (order, compare) => {
    const path = `/api/jobs?sort=duration_seconds&order=${order}&state=completed`;
    const durations = (await dashboard.json<Jobs>(path)).jobs.map((job) => job.duration_seconds);
    expect(durations).toEqual(durations.toSorted(compare));
  });

  it('matches q without regard to case in names, ids and paths', async () => {
    for (const q of ['b007C002.MOV', '/MEDIA/day01', 'B007-Prox', 'c002_PROXY'])
      expect((await dashboard.json<Jobs>(`/api/jobs?q=${q}`)).total).toBeGreaterThan(0);
  });

  it('takes an empty value for none', async () => {
    expect((await dashboard.json<Jobs>('/api/jobs?state=&q=&folder=')).total).toBe(67);
  });

  it.each([
    ['state=lost', 'state is "lost". Expected one of pending, running, completed, failed.'],
    ['engine=avid', 'engine is "avid". Expected one of ffmpeg, resolve.'],
    ['failure_type=Oops', 'failure_type is "Oops". Expected one of InvalidJsonError,'],
    ['folder=nights', 'folder is "nights". Expected "dailies".'],
    ['day=2026-02-30', 'day is "2026-02-30". Expected a day as YYYY-MM-DD.'],
    ['sort=size', 'sort is "size". Expected one of completed_at, name,'],
    ['order=up', 'order is "up". Expected one of asc, desc.'],
    ['page=0', 'page is "0". Expected a whole number from 1.'],
    ['pageSize=9999', 'pageSize is "9999". Expected a whole number from 1 to 500.'],
    ['state=failed&state=completed', 'state is "failed", "completed". Expected one of'],
    ['stat=failed', 'Unknown parameter "stat". Expected q, card, state, standing,'],
  ])('answers 400 to %s and says what was expected', async (query, sentence) => {
    for (const path of ['/api/jobs', '/jobs.csv']) {
      const response = await dashboard.get(`${path}?${query}`);
      expect(response.status).toBe(400);
      expect(((await response.json()) as { error: string }).error).toContain(sentence);
    }
  });

  it.each([
    ['/api/nope', 404, 'There is no such path.'],
    ['/api/jobs/dailies/nope', 404, 'There is no such path.'],
    ['/api/summary?x=1', 400, 'Unknown parameter "x". Expected none.'],
    ['/api/jobs/dailies/failed/typo.json?x=1', 400, 'Unknown parameter "x". Expected none.'],
    ['/api/jobs/dailies/failed/nothing.json', 404, 'There is no such job.'],
    ['/api/jobs/dailies/lost/typo.json', 400, 'Unknown state. Expected one of pending,'],
    ['/api/jobs?q=%00', 400, 'Expected one text without the character NUL'],
  ])('refuses %s in JSON', async (path, status, sentence) => {
    const response = await dashboard.get(path);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: string };
    expect(error).toMatch(sentence);
    expect(error.split('Expected')).toHaveLength(status === 400 ? 2 : 1);
  });

  it('gives a job with its JobSpec and its result as they are', async () => {
    const answer = await dashboard.json('/api/jobs/dailies/failed/night-run.json');
    expect(answer).toMatchObject({
      job: { name: 'night-run.json', failure_type: 'RunnerInterrupted' },
      jobspec: { jobspec_version: '2.1' },
      result: { _recovery: { reason: 'runner interrupted' } },
      problem: null,
    });
  });

  it('names the worker and the start of a running job', async () => {
    const { job } = await dashboard.json<{ job: { worker_id: number; total_clips: number } }>(
      '/api/jobs/dailies/running/D004-proxies.json',
    );
    expect(job).toMatchObject({ total_clips: 2, final_status: null });
  });
});
