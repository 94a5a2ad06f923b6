import { describe, expect, it } from 'vitest';
import { until } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();
const FEW = new URL('../support/few-descriptors.mjs', import.meta.url).href;

describe('no descriptor left for a program', () => {
  it('fails the clip, and the runner goes on', async () => {
    const folder = await jobs.folder();
    const runner = jobs.start(folder, {
      args: [],
      prefix: ['sh', '-c', 'ulimit -n 256 && exec "$@"', 'sh'],
      preload: ['--import', FEW],
    });
    await runner.logged('works on');
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    await runner.logged('"a.json" COMPLETED');
    runner.signal('SIGUSR2');
    await runner.logged('No more descriptors');
    await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
    await until(async () => (await folder.names('failed')).length === 2);
    const { failure_type, failure_reason, cause } = await folder.result('b.json');
    expect(failure_type).toBe('EngineError');
    expect(failure_reason).toMatch(/^ff\w+ could not be started: too many open files/);
    expect(cause).toMatchObject({ code: 'program_not_started', retryable: true });
    runner.signal('SIGUSR2');
    await folder.submit('c.json', [jobs.media.source], { job_id: 'c' });
    await runner.logged('"c.json" COMPLETED');
    expect(runner.isRunning).toBe(true);
  });
});
