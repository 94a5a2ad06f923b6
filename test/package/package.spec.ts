import { cp, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { jobSpec } from '../support/job-spec.ts';
import { makeClip } from '../support/media.ts';
import { resultSchemaErrors } from '../support/result-schema.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NOT_SOURCES = new Set(['.git', 'node_modules', 'dist', '.next', '.cache', 'demo']);
/** Where a global installation puts it, under the prefix. */
const PACKAGE = 'lib/node_modules/watch-folder-runner';
const MAX_PACKED_BYTES = 5_000_000;

interface Packed {
  filename: string;
  size: number;
  files: { path: string }[];
}

const folder = useTemporaryFolder();
let packed: Packed;
let installed = '';

/** A copy of the sources, since packing builds and other tests use the build at hand. */
async function copySources(target: string): Promise<void> {
  const filter = (path: string) => !NOT_SOURCES.has(basename(path));
  await cp(ROOT, target, { recursive: true, filter });
  await symlink(join(ROOT, 'node_modules'), join(target, 'node_modules'));
}

/** The installed command, with nothing of this checkout on its PATH. */
function command(...args: string[]) {
  return execa(join(installed, 'bin/watch-folder-runner'), args, {
    cwd: folder.path,
    reject: false,
  });
}

beforeAll(async () => {
  const checkout = join(folder.path, 'checkout');
  await copySources(checkout);
  const { stdout } = await execa('npm', ['pack', '--json'], { cwd: checkout });
  const answer: unknown = JSON.parse(stdout);
  [packed] = (Array.isArray(answer) ? answer : Object.values(answer as object)) as [Packed];
  installed = join(folder.path, 'prefix');
  await mkdir(installed);
  const options = ['--global', '--prefix', installed, '--ignore-scripts', '--prefer-offline'];
  await execa('npm', ['install', ...options, join(checkout, packed.filename)]);
  // It wants Node 22, and npm warns of that on Node 20. Nothing of it is ever loaded.
  await rm(join(installed, PACKAGE, 'node_modules/file-type'), { recursive: true });
});

describe('the package', () => {
  it('is small and holds the build, the schemas, the documents and what they install, but no source, map or test', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(packed.size).toBeLessThan(MAX_PACKED_BYTES);
    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'deploy/systemd/watch-folder-runner@.service',
        'deploy/slurm/task.sh',
        'docs/operations.md',
        'dist/apps/runner/src/main.cjs',
        'schemas/jobspec.schema.json',
        'schemas/result.schema.json',
      ]),
    );
    expect(paths.filter((path) => /\.(ts|map)$|^(apps|libs|test)\/|\.spec\./.test(path))).toEqual(
      [],
    );
  });

  it('installs nothing of the dashboard and no tool of developers', async () => {
    for (const name of ['next', 'react', 'typescript', 'vitest', '@nestjs/cli'])
      await expect(stat(join(installed, PACKAGE, 'node_modules', name))).rejects.toThrow('ENOENT');
  });

  it('tells its versions', async () => {
    const { stdout } = await command('--version');
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(stdout).toContain(`watch-folder-runner ${version}\nnode `);
  });

  it('does a job', async () => {
    const source = await makeClip(folder.path, 'A001.mov', { timecode: '01:00:00:00' });
    const pending = join(folder.path, 'watch/pending');
    await mkdir(pending, { recursive: true });
    const job = jobSpec({ sources: [source], output_directory: folder.path });
    await writeFile(join(pending, 'job.json'), JSON.stringify(job));
    const { exitCode } = await command(join(folder.path, 'watch'), '--once');
    expect(exitCode).toBe(0);
    const path = join(folder.path, 'watch/completed/job.result.json');
    const result: unknown = JSON.parse(await readFile(path, 'utf8'));
    expect(result).toMatchObject({ final_status: 'COMPLETED', completed_clips: 1 });
    expect(await resultSchemaErrors(result)).toEqual([]);
  });
});
