import { expect, test } from 'vitest';
import { until } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();

async function busyRunner(args: string[], env: Record<string, string>) {
  const folder = await jobs.folder();
  for (const name of ['a.json', 'b.json']) {
    await folder.submit(name, [jobs.media.source], { job_id: name.slice(0, 1) });
  }
  const runner = jobs.start(folder, { args, env });
  await until(async () => (await folder.status().catch(() => null))?.active[0]?.clip === 1);
  return { folder, runner };
}

const SLOW = { STAND_IN_SECONDS: '2' };

test.each([
  { signal: 'SIGTERM', mode: 'a service', args: [], exitCode: 0 },
  { signal: 'SIGINT', mode: '--once', args: ['--once'], exitCode: 0 },
] as const)('$signal lets the running job of $mode end and claims no other', async (row) => {
  const { folder, runner } = await busyRunner([...row.args], SLOW);
  runner.signal(row.signal);
  expect(await runner.exit()).toBe(row.exitCode);
  expect((await folder.result()).final_status).toBe('COMPLETED');
  expect(await folder.names('pending')).toEqual(['b.json']);
  expect(await folder.names('running')).toEqual([]);
  expect((await folder.status()).stopped_at).not.toBeNull();
});

test.each([
  {
    when: 'the grace time is over',
    args: ['--shutdown-grace-seconds', '0.2'],
    signals: 1,
    exitCode: 0,
  },
  { when: 'a second signal comes', args: ['--once'], signals: 2, exitCode: 1 },
])('once $when, the running job ends as interrupted', async ({ args, signals, exitCode }) => {
  const { folder, runner } = await busyRunner(args, { STAND_IN: 'hang' });
  runner.signal('SIGTERM');
  await runner.logged('SIGTERM');
  if (signals === 2) runner.signal('SIGTERM');
  expect(await runner.exit()).toBe(exitCode);
  const { final_status, failure_type, failure_reason } = await folder.result();
  expect([final_status, failure_type]).toEqual(['FAILED', 'RunnerInterrupted']);
  expect(failure_reason).toBe('runner interrupted');
  expect(await folder.names('pending')).toEqual(['b.json']);
  expect(await runner.descendants()).toEqual([]);
});

test('a stop says that it has stopped though its folder can not be looked at any more', async () => {
  const folder = await jobs.folder();
  const fault = { calls: ['readdir'], path: 'pending( |$)', nth: 2, act: 'hang' };
  const runner = jobs.start(folder, { fault });
  await until(() => /^hang: readdir/m.test(runner.log));
  runner.signal('SIGTERM');
  await runner.exit();
  expect((await folder.status()).stopped_at).not.toBeNull();
});

test('a program that left its group and holds the pipes keeps neither the stop nor itself alive', async () => {
  const { folder, runner } = await busyRunner(['--shutdown-grace-seconds', '0'], {
    STAND_IN: 'escape',
  });
  await until(async () => (await runner.descendants()).length > 1);
  runner.signal('SIGTERM');
  expect(await runner.exit()).toBe(0);
  expect(await runner.descendants()).toEqual([]);
  expect((await folder.result()).failure_type).toBe('RunnerInterrupted');
});

test('a signal during recovery ends --once after it, with nothing claimed', async () => {
  const { folder, runner } = await busyRunner(['--once'], { STAND_IN: 'hang' });
  await runner.kill();
  const fault = { calls: ['read'], path: 'running/a.json', act: 'slow' };
  const next = jobs.start(folder, { fault });
  await until(() => next.log.includes('slow:'));
  next.signal('SIGTERM');
  expect(await next.exit()).toBe(1);
  expect((await folder.result()).failure_type).toBe('RunnerInterrupted');
  expect(await folder.names('pending')).toEqual(['b.json']);
});

test('a second runner is refused with the holder named, and gets the folder once that is killed', async () => {
  const { folder, runner } = await busyRunner([], { STAND_IN: 'hang' });
  for (const args of [[], ['--once']]) {
    const second = jobs.start(folder, { args });
    expect(await second.exit()).toBe(3);
    expect(second.log).toMatch(new RegExp(`host \\S+, pid ${runner.pid}, started \\d{4}-`));
  }
  await runner.kill();
  const next = jobs.start(folder);
  expect(await next.exit()).toBe(1);
  expect(await folder.names('running')).toEqual([]);
});
