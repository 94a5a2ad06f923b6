/** @module-tag night */
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { jobSpec } from '../support/job-spec.ts';
import { makeSource } from '../support/media.ts';
import { until } from '../support/runner-process.ts';
import { resultSchemaErrors } from '../support/result-schema.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NOT_SOURCES = new Set(['.git', 'node_modules', 'dist', '.next', '.cache', 'demo']);
/** Where a global installation puts it, under the prefix. */
const PACKAGE = 'lib/node_modules/watch-folder-runner';
const MAX_PACKED_BYTES = 5_500_000;
/** Next.js and SQLite for the page are 37 of them. */
const MAX_INSTALLED_BYTES = 55_000_000;
/** The entry for programs has the contract, and no library. */
const MAX_ENTRY_BYTES = 300_000;

interface Packed {
  filename: string;
  size: number;
  files: { path: string; size: number }[];
}

const folder = useTemporaryFolder();
let packed: Packed;
let installed = '';

/** The page as it is built; the bundler of its build takes no modules that lie elsewhere. */
const PAGE = 'apps/dashboard/.next/standalone';

/** A copy of the sources, since packing builds and other tests use the build at hand. */
async function copySources(target: string): Promise<void> {
  await execa('npm', ['run', '--silent', 'build:dashboard'], { cwd: ROOT });
  const filter = (path: string) => !NOT_SOURCES.has(basename(path));
  await cp(ROOT, target, { recursive: true, filter, preserveTimestamps: true });
  await cp(join(ROOT, PAGE), join(target, PAGE), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(target, 'node_modules'));
}

/** The installed command, with nothing of this checkout on its PATH. */
function command(...args: string[]) {
  return execa(join(installed, 'bin/watch-folder-runner'), args, {
    cwd: folder.path,
    reject: false,
  });
}

/** An example for a storage elsewhere. */
const inFolder = (text: string, watch: string) =>
  text.replaceAll('/mnt/raid/watch', watch).replaceAll('/mnt/raid', folder.path);

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
}, 600_000);

describe('the package', () => {
  it('is small and holds the build, the schemas, the documents and what they install, but no source, map or test', () => {
    const paths = packed.files.map(({ path }) => path);
    const entry = packed.files.find(({ path }) => path === 'dist/jobspec/published.js');
    expect(packed.size).toBeLessThan(MAX_PACKED_BYTES);
    expect(entry?.size).toBeLessThan(MAX_ENTRY_BYTES);
    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'deploy/systemd/watch-folder-runner@.service',
        'deploy/slurm/task.sh',
        'docs/operations.md',
        'dist/apps/runner/src/main.cjs',
        'dist/jobspec/published.js',
        'schemas/jobspec.schema.json',
        'schemas/result.schema.json',
      ]),
    );
    expect(
      paths.filter((path) =>
        /(?<!\.d)\.ts$|^dist.*\.map$|^(apps\/runner|libs|test)\/|\.spec\./.test(path),
      ),
    ).toEqual([]);
  });

  it('would be published without a complaint', async () => {
    const args = ['publish', '--dry-run', '--ignore-scripts', '--provenance=false'];
    const { exitCode, stderr } = await execa('npm', args, { cwd: join(folder.path, 'checkout') });
    expect(exitCode).toBe(0);
    const complaints = stderr.split('\n').filter((line) => /^npm (warn|error)/.test(line));
    expect(complaints.filter((line) => !line.includes('requires you to be logged in'))).toEqual([]);
  });

  it('installs the native modules and nothing else, within its size', async () => {
    const { stdout } = await execa('npm', [
      'ls',
      '--prefix',
      join(installed, PACKAGE),
      '--parseable',
      '--omit=dev',
    ]);
    const names = stdout
      .split('\n')
      .slice(1)
      .map((path) => basename(path));
    expect(names.toSorted()).toEqual(['fs-native-extensions', 'libsql']);
    const size = await execa('du', ['-sb', join(installed, PACKAGE)]);
    expect(Number.parseInt(size.stdout)).toBeLessThan(MAX_INSTALLED_BYTES);
  });

  it('serves the page', async () => {
    const watch = join(folder.path, 'shown');
    await mkdir(join(watch, 'completed'), { recursive: true });
    const argv = [
      'dashboard',
      `day3=${watch}`,
      '--port',
      '0',
      '--data-dir',
      join(folder.path, 'index'),
    ];
    const server = execa(join(installed, 'bin/watch-folder-runner'), argv, {
      cwd: '/',
      all: true,
      reject: false,
    });
    let [output, url] = ['', ''];
    server.all.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until(() => {
      url = /Local: +(http:\S+)/u.exec(output)?.[1] ?? '';
      if (server.exitCode !== null) throw new Error(output);
      return url !== '' && output.includes('Ready');
    });
    const answer = await fetch(`${url}/api/summary`);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('day3')]);
    server.kill();
    await server;
  });

  it('tells its version', async () => {
    const { stdout } = await command('--version');
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(stdout).toBe(`watch-folder-runner ${version}`);
  });

  it('does a job', async () => {
    const source = await makeSource(folder.path, 'A001.mov', { timecode: '01:00:00:00' });
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

  it('has types by which the example of docs/jobspec.md writes a JobSpec and reads its result', async () => {
    const project = join(folder.path, 'project');
    const watch = join(folder.path, 'typed');
    await mkdir(join(project, 'node_modules'), { recursive: true });
    await mkdir(join(watch, 'pending'), { recursive: true });
    await symlink(join(installed, PACKAGE), join(project, 'node_modules/watch-folder-runner'));
    await symlink(join(ROOT, 'node_modules/@types'), join(project, 'node_modules/@types'));
    const text = await readFile(join(ROOT, 'docs/jobspec.md'), 'utf8');
    const blocks = Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, block = '']) => block);
    const example = [...blocks, "console.log(await report('/mnt/raid/result.json'));\n"].join('\n');
    await writeFile(join(project, 'example.mts'), inFolder(example, watch));
    const result = { job_id: 'a', final_status: 'COMPLETED', violations: [], _metadata: {} };
    const clips = [{ source_path: 'A001.mov', failure_reason: null, status: 'COMPLETED' }];
    await writeFile(join(folder.path, 'result.json'), JSON.stringify({ ...result, clips }));
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
    await execa(join(ROOT, 'node_modules/.bin/tsc'), [...options, 'example.mts'], { cwd: project });
    const { stdout } = await execa('node', ['example.mjs'], { cwd: project });
    expect(stdout).toContain("These proxies will be made: [ 'A001C003_proxy.mov' ]");
    expect(stdout).toContain('A001.mov: COMPLETED');
    expect(await readdir(join(watch, 'pending'))).toEqual(['day3.json']);
  });
});
