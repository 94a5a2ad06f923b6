/** @module-tag night */
import { chmod, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { jobSpec } from '../support/job-spec.ts';
import { makeSource } from '../support/media.ts';
import { isRoot, NEEDS_ROOT } from '../support/root.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** Users that no machine has: the service's, whose group has the same number, and two in that group. */
const [SERVICE, ANNA, BELA] = ['64001', '64002', '64003'];

const folder = useTemporaryFolder();

/** Runs a program as one of them. */
function as(user: string, ...argv: string[]) {
  const identity = [`--reuid=${user}`, `--regid=${user}`, `--groups=${SERVICE}`, '--'];
  return execa('setpriv', [...identity, ...argv], { cwd: folder.path, reject: false });
}

const runner = (user: string, ...args: string[]) =>
  as(user, process.execPath, path('dist/apps/runner/src/main.js'), ...args);

/** The lines of the document that make the folder, here and for these users. */
async function makeFolder(): Promise<void> {
  const text = await readFile(path('docs/deployment.md'), 'utf8');
  const lines = text.match(/^install -d .*\/srv\/watch.*$/gm) ?? [];
  const script = lines.join('\n').replaceAll('watch-folder-runner', SERVICE);
  await execa('sh', ['-euc', script.replaceAll('/srv', folder.path)]);
}

describe.runIf(isRoot)(`the watch folder of a service${NEEDS_ROOT}`, () => {
  beforeAll(async () => {
    await chmod(folder.path, 0o755);
    const source = await makeSource(folder.path, 'A001.mov', { frames: 2 });
    await chmod(source, 0o644);
    await mkdir(join(folder.path, 'card/day'), { recursive: true });
    await cp(source, join(folder.path, 'card/day/A001.mov'));
    const out = join(folder.path, 'out');
    await mkdir(out);
    await chmod(out, 0o777);
    const job = jobSpec({ sources: [source], output_directory: out });
    await writeFile(join(folder.path, 'job.json'), JSON.stringify(job));
    await makeFolder();
  });

  it('takes jobs of its group, keeps them from each other, and lets nobody touch the rest', async () => {
    const watch = join(folder.path, 'watch');
    expect(await runner(ANNA, 'submit', 'job.json', watch)).toMatchObject({ exitCode: 0 });
    expect(await as(BELA, 'rm', '-f', join(watch, 'pending/job.json'))).toMatchObject({
      exitCode: 1,
    });
    expect(await runner(SERVICE, watch, '--once')).toMatchObject({ exitCode: 0 });
    for (const name of ['pending', 'running', 'completed', '.runner']) {
      const moved = await as(ANNA, 'mv', join(watch, name), join(watch, 'elsewhere'));
      expect(moved.stderr).toContain('Permission denied');
    }
    const shared = join(folder.path, 'shared');
    await execa('install', ['-d', '-o', SERVICE, '-g', SERVICE, '-m', '2775', shared]);
    const plan = [process.execPath, path('dist/apps/runner/src/main.js'), 'plan', 'card'];
    for (const umask of ['022', '077']) {
      const output = ['--output', join(shared, umask, 'deep'), '--codec', 'h264'];
      const command = [...plan, ...output, '--submit', watch];
      const args = ['-c', `umask ${umask}; exec "$@"`, 'sh', ...command];
      expect(await as(ANNA, 'sh', ...args)).toMatchObject({ exitCode: 0 });
      for (const made of [umask, `${umask}/deep`])
        expect((await as(SERVICE, 'touch', join(shared, made, 'proxy'))).exitCode).toBe(0);
    }
    for (const name of ['running/x', 'completed/job.result.json', '.runner/status.json'])
      expect((await as(ANNA, 'touch', join(watch, name))).stderr).toContain('Permission denied');
  });

  it('makes nothing behind a link that one of its group puts among the proxies', async () => {
    const [watch, proxies, system] = ['watch', 'proxies', 'system'].map((name) =>
      join(folder.path, name),
    ) as [string, string, string];
    await execa('install', ['-d', '-o', SERVICE, '-g', SERVICE, '-m', '2775', proxies]);
    await mkdir(system);
    for (const behind of [system, join(watch, 'running')]) {
      const before = await readdir(behind);
      const link = join(proxies, 'card');
      expect(await as(ANNA, 'ln', '-sfn', behind, link)).toMatchObject({ exitCode: 0 });
      const media = join(folder.path, 'card');
      const output = ['--output', proxies, '--codec', 'h264', '--submit', watch];
      const args = [path('dist/apps/runner/src/main.js'), 'plan', media, ...output];
      const planned = await execa(process.execPath, args, { reject: false });
      expect(planned.exitCode).toBe(1);
      expect(planned.stderr).toContain(`${link} is a link, which may lead anywhere.`);
      expect(await readdir(behind)).toEqual(before);
    }
  });
});
