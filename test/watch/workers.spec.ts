import { describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import { usePrograms } from '../support/programs.ts';
import { runOnce } from '../support/runner.ts';
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

describe('workers', () => {
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
    expect(summary).toBe('7 jobs: 3 done, 0 failed, 4 rejected');
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
    expect(summary).toMatch(/^2 jobs: 1 done, (1 failed, 0|0 failed, 1) rejected$/);
    const jobs = await folder().archived();
    const winner = jobs.find(({ state }) => state === 'completed');
    const loser = jobs.find(({ state }) => state === 'failed');
    expect(loser?.result.failure_type).toBe('OutputCollisionError');
    expect(winner?.result.clips[0]?.output_exists).toBe(true);
    const proxies = (await folder().names('output')).filter((name) => !name.startsWith('.'));
    expect(proxies).toEqual(['proxy.mov']);
  });
});
