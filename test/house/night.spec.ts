import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../docs/blocks.ts';

const night = (...args: string[]) =>
  execa('node', ['scripts/night.mjs', ...args], { cwd: ROOT, reject: false });

interface Workflow {
  jobs: Record<string, { steps?: { run?: string }[]; strategy?: { matrix: { shard: string } } }>;
}

describe('the shards of the night', () => {
  it('are named as JSON, all or those that are asked for', async () => {
    const { stdout } = await night('--list');
    const names = JSON.parse(stdout) as string[];
    expect(names).toEqual(expect.arrayContaining(['damage', 'fuzz', 'kills', 'matrix', 'slurm']));
    expect((await night('--list', 'fuzz')).stdout).toBe('["fuzz"]');
  });

  it('that are none end with 2 and the names of those that are', async () => {
    const { exitCode, stderr } = await night('fuz');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^There is no shard fuz; there are damage, .*fuzz.*\.$/);
  });

  it('are those of the workflow, which runs each by its name', async () => {
    const text = await readFile(`${ROOT}.github/workflows/nightly.yml`, 'utf8');
    const { jobs } = parse(text) as Workflow;
    const runs = (job: string) => jobs[job]?.steps?.map(({ run }) => run) ?? [];
    expect(runs('shards').join()).toContain('scripts/night.mjs --list');
    expect(jobs['night']?.strategy?.matrix.shard).toBe(
      '${{ fromJSON(needs.shards.outputs.names) }}',
    );
    expect(runs('night')).toContain('node scripts/night.mjs ${{ matrix.shard }}');
  });
});
