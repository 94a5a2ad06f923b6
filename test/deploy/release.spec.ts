/** @module-tag night */
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../docs/blocks.ts';

const read = (name: string) => readFile(`${ROOT}${name}`, 'utf8');
const release = (...args: string[]) =>
  execa('node', [`${ROOT}scripts/release.mjs`, ...args], { reject: false });

interface Manifest {
  version: string;
  repository: { url: string };
}
const { version, repository } = JSON.parse(await read('package.json')) as Manifest;
const [, address = ''] = /github\.com\/(.*)\.git$/.exec(repository.url) ?? [];

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { uses?: string; 'timeout-minutes'?: number; needs?: string[] }>;
}

describe('a release', () => {
  it('publishes nothing before everything is tested and checked', async () => {
    const { jobs, permissions } = parse(await read('.github/workflows/release.yml')) as Workflow;
    expect(permissions).toEqual({ contents: 'read' });
    for (const name of ['npm', 'images']) expect(jobs[name]?.needs).toEqual(['test', 'check']);
    expect(jobs['release']?.needs).toEqual(['npm', 'images']);
    for (const job of Object.values(jobs)) expect(job.uses ?? job['timeout-minutes']).toBeDefined();
  });

  it('stops when tag, version, address or change log differ', async () => {
    const ends = (...args: string[]) => release('check', ...args).then(({ stderr }) => stderr);
    expect(await ends('v9.9.9', address)).toContain(`package.json has version ${version}`);
    expect(await ends(`v${version}`, 'else/where')).toContain('Correct the address');
    expect(await ends(`v${version}`, address)).toContain('CHANGELOG.md has no section');
  });

  it('takes its notes from the change log', async () => {
    const { stdout } = await release('notes', 'Unreleased');
    expect(stdout).toMatch(/^The first version/);
  });
});
