import { readdir } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { useClips } from '../support/clips.ts';
import { usePrograms } from '../support/programs.ts';
import { runOnce, startRunner, summaryOf } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': {}, 'b.mov': { codec: 'prores', frames: 4 } });
const programs = usePrograms();
const folder = useWatchFolder();

async function dropJobs(count: number) {
  for (let i = 0; i < count; i++) {
    await folder().dropJob(`${i}.json`, {
      sources: [i % 2 ? clips['a.mov'] : clips['b.mov']],
      naming_template: `proxy-${i}`,
    });
  }
}

/** Looks at `running/` again and again until a run ends. @returns the most jobs that were there at once. */
async function watchRunning(run: Promise<unknown>): Promise<number> {
  let most = 0;
  const look = async () => {
    const names = await readdir(folder().path('running'));
    most = Math.max(most, names.filter((name) => /^\d+\.json$/.test(name)).length);
    return setTimeout(5, false);
  };
  const end = run.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([end, look()])));
  return most;
}

describe('workers', () => {
  it.each([1, 3])('never have more than %i jobs in running/ when so many are set', async (max) => {
    await dropJobs(max + 2);
    const run = runOnce(folder(), { maxWorkers: max });
    expect(await watchRunning(run)).toBe(max);
    expect((await run).summary).toBe(`${max + 2} jobs: ${max + 2} completed, 0 failed, 0 refused`);
  });

  it('are numbered from 1 to their count, and all get work', async () => {
    await dropJobs(4);
    await runOnce(folder(), { maxWorkers: 4 });
    const ids = (await folder().archived()).map(({ result }) => result._metadata.worker_id);
    expect(new Set(ids)).toEqual(new Set([1, 2, 3, 4]));
  });

  it.each([1, 12])(
    'leave nothing on the signal that would stop them: %i of them',
    async (maxWorkers) => {
      const warnings: string[] = [];
      const note = ({ message }: Error) => warnings.push(message);
      process.on('warning', note);
      // A clip that fails listens to the signal as well.
      programs.misbehave('exit-1');
      await dropJobs(13);
      await runOnce(folder(), { maxWorkers });
      process.off('warning', note);
      expect(warnings).toEqual([]);
      expect(await folder().names('failed')).toHaveLength(26);
    },
  );

  it('take the next job at once, without waiting for a scan', async () => {
    await dropJobs(3);
    const runner = await startRunner(folder(), { pollSeconds: 3600 });
    await vi.waitFor(async () => expect(await folder().names('completed')).toHaveLength(6), 60_000);
    await runner.stop();
    expect(summaryOf(runner.jobCounts)).toBe('3 jobs: 3 completed, 0 failed, 0 refused');
  });

  it('do not disturb one another when jobs fail', async () => {
    await dropJobs(3);
    await folder().drop('bad-json.json', '{"jobspec_version": ');
    await folder().dropJob('bad-contract.json', { sources: [] });
    await folder().dropJob('bad-source.json', { sources: ['/nowhere/a.mov'] });
    await folder().dropJob('bad-directory.json', {
      sources: [clips['a.mov']],
      output_directory: '/nowhere',
    });
    const { summary } = await runOnce(folder(), { maxWorkers: 4 });
    expect(summary).toBe('7 jobs: 3 completed, 0 failed, 4 refused');
    expect(await folder().names('output')).toEqual([0, 1, 2].map((i) => `proxy-${i}.mov`));
  });
});

describe('two jobs that want the same output', () => {
  it('give exactly one proxy, and the other job fails without touching it', async () => {
    for (const name of ['first.json', 'second.json']) {
      await folder().dropJob(name, {
        job_id: name,
        sources: [clips['a.mov']],
        naming_template: 'proxy',
      });
    }
    const { summary } = await runOnce(folder(), { maxWorkers: 2 });
    expect(summary).toMatch(/^2 jobs: 1 completed, (1 failed, 0|0 failed, 1) refused$/);
    const jobs = await folder().archived();
    const winner = jobs.find(({ state }) => state === 'completed');
    const loser = jobs.find(({ state }) => state === 'failed');
    expect(loser?.result.failure_type).toBe('OutputCollisionError');
    expect(winner?.result.clips[0]?.output_exists).toBe(true);
    const proxies = (await folder().names('output')).filter((name) => !name.startsWith('.'));
    expect(proxies).toEqual(['proxy.mov']);
  });
});
