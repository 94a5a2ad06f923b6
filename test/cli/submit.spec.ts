import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { jobSpec } from '../support/job-spec.ts';
import { isRoot, NEEDS_ROOT, NOBODY } from '../support/root.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const TEXT = JSON.stringify(jobSpec({ sources: ['/not/here.mov'], output_directory: '/nowhere' }));
let file: string;

beforeEach(async () => {
  file = folder().beside('day3.json');
  await writeFile(file, TEXT);
});

const submit = (path = file) => cli(['submit', path, folder().root]);

describe('submit', () => {
  it('drops the very bytes, with nothing beside them, wherever its sources are', async () => {
    const { exitCode, stdout } = await submit();
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`Submitted as ${folder().path('pending', 'day3.json')}`);
    expect(await folder().names('pending')).toEqual(['day3.json']);
    expect(await readFile(folder().path('pending', 'day3.json'), 'utf8')).toBe(TEXT);
    expect(await readFile(file, 'utf8')).toBe(TEXT);
  });

  it('gives one of several at once the name, and refuses the others', async () => {
    const runs = await Promise.all([submit(), submit(), submit()]);
    const codes = runs.map(({ exitCode }) => exitCode);
    expect(codes.filter((code) => code === 0)).toHaveLength(1);
    expect(codes.filter((code) => code === 1)).toHaveLength(2);
    expect(await folder().names('pending')).toEqual(['day3.json']);
  });

  it.each(['pending', 'running'] as const)('refuses a name that is busy in %s', async (state) => {
    await writeFile(folder().path(state, 'day3.json'), 'another');
    const { exitCode, stderr } = await submit();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`"${folder().path(state, 'day3.json')}" exists already`);
    expect(await readFile(folder().path(state, 'day3.json'), 'utf8')).toBe('another');
    expect(await folder().names('pending')).toEqual(state === 'pending' ? ['day3.json'] : []);
  });

  it('refuses a JobSpec that breaks the contract, with every violation', async () => {
    await writeFile(file, JSON.stringify({ ...JSON.parse(TEXT), codec: 'x', container: 'y' }));
    const { exitCode, stderr } = await submit();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${file}: JobSpecValidationError`);
    expect(stderr).toMatch(/^ {2}codec must be one of/m);
    expect(await folder().names('pending')).toEqual([]);
  });

  it('refuses a name that is no job', async () => {
    const path = folder().beside('day3.txt');
    await writeFile(path, TEXT);
    const { exitCode, stderr } = await submit(path);
    expect(exitCode).toBe(2);
    expect(stderr).toBe('"day3.txt" can\'t be a job: its name does not end in .json. Rename it.');
  });

  it('creates no watch folder: the share may not be mounted', async () => {
    const root = folder().beside('unmounted');
    const { exitCode, stderr } = await cli(['submit', file, root]);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`"${root}" is not a watch folder.`);
    expect(await readdir(folder().beside('.'))).not.toContain(basename(root));
  });

  it.skipIf(!isRoot)(`says so when it may not write there${NEEDS_ROOT}`, async () => {
    await chmod(folder().beside('.'), 0o755);
    const { exitCode, stderr } = await cli(['submit', file, folder().root], { uid: NOBODY });
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/The job can't be written to ".*pending": permission denied/);
  });
});
