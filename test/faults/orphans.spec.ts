import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { processesWith, until } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();

async function runnerWithEncoder(env: Record<string, string>) {
  const folder = await jobs.folder();
  await folder.submit('job.json', [jobs.media.source]);
  const runner = jobs.start(folder, { env });
  await until(async () => (await runner.descendants()).length > 0);
  await until(async () => (await folder.status().catch(() => null))?.active[0]?.clip === 1);
  return { folder, runner };
}

test.each(['runner', 'group'] as const)(
  'a killed %s leaves no encoder behind, nor what the encoder started',
  async (who) => {
    const { folder, runner } = await runnerWithEncoder({ STAND_IN: 'hang-with-child' });
    await until(async () => (await runner.descendants()).length >= 3);
    await runner.kill(who);
    await until(async () => (await runner.descendants()).length === 0);
    expect(await jobs.start(folder).exit()).toBe(1);
    const { failure_type, _recovery } = await folder.result();
    expect([failure_type, _recovery?.reason]).toEqual(['RunnerInterrupted', 'runner interrupted']);
  },
);

test('an encoder that survived its runner is ended by the next one, before any job is claimed', async () => {
  const { folder, runner } = await runnerWithEncoder({ STAND_IN: 'hang-with-child' });
  await until(async () => (await runner.descendants()).length >= 3);
  const mark = `WFR_STARTED_BY=`;
  const before = await runner.descendants();
  // The guard is a child of the runner that doesn't carry the mark itself.
  for (const pid of await childrenOf(runner.pid))
    if (!before.includes(pid)) process.kill(pid, 'SIGKILL');
  await runner.kill();
  expect(await runner.descendants()).toEqual(before);
  const next = jobs.start(folder, { args: [] });
  await until(async () => (await folder.names('failed')).length === 2);
  expect(await processesWith(mark, `, pid ${runner.pid},`)).toEqual([]);
  await next.kill();
});

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}
