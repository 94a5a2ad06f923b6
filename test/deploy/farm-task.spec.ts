/** @module-tag night */
import { mkdir, readFile, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { archiveName, archiveOf, resultNameOf } from '@app/jobspec/folder';
import { makeSource } from '../support/media.ts';
import { isRoot, NEEDS_ROOT } from '../support/root.ts';
import { until } from '../support/runner-process.ts';
import { useFarm } from './farm.ts';
import { programsThat } from './stepped-programs.ts';

const farm = useFarm();
const { drop, task, names, result } = farm;

describe('a task of an array', () => {
  it('runs the JobSpec of its number and archives it under a name that nobody has', async () => {
    const source = await makeSource(farm.path, 'a.mov', { frames: 2 });
    await drop('x.json', { sources: [source] });
    await drop('y.json', { sources: [source] });
    await writeFile(join(farm.path, 'failed/y.json'), 'kept');
    const { running } = await task(['x.json', 'y.json'], 1);
    expect((await running).exitCode).toBe(0);
    expect(await names('pending')).toEqual(['x.json']);
    expect(await names('running')).toEqual([]);
    // The script is a shell's and can't import the protocol of the folder, so it is held against it here.
    const archived = archiveName('y.json', 2);
    expect(await names('completed')).toEqual([archived, resultNameOf(archived)]);
    const { _metadata, final_status } = await result(`completed/${resultNameOf(archived)}`);
    expect(archiveOf(final_status)).toBe('completed');
    expect(_metadata.archived_as).toBe(archived);
    expect(await readFile(join(farm.path, 'failed/y.json'), 'utf8')).toBe('kept');
  });

  it('archives what was stopped as interrupted', async () => {
    const source = await makeSource(farm.path, 'a.mov', { width: 1280, height: 720, frames: 250 });
    await drop('x.json', { sources: [source], codec: 'vp9', container: 'webm' });
    const { running } = await task(['x.json'], 0);
    await until(async () => (await names('out')).some((name) => name.endsWith('.webm')));
    running.kill('SIGTERM');
    expect((await running).exitCode).toBe(1);
    expect(await names('failed')).toEqual(['x.json', 'x.result.json']);
    expect(await result('failed/x.result.json')).toMatchObject({
      final_status: 'FAILED',
      failure_type: 'RunnerInterrupted',
    });
  });

  it('leaves a JobSpec alone that another task of its number runs', async () => {
    const source = await makeSource(farm.path, 'a.mov', { width: 1280, height: 720, frames: 250 });
    await drop('x.json', { sources: [source], codec: 'vp9', container: 'webm' });
    const first = await task(['x.json'], 0);
    await until(async () => (await names('out')).some((name) => name.endsWith('.webm')));
    const second = await task(['x.json'], 0);
    expect((await second.running).stdout).toBe('x.json is gone from pending/.');
    first.running.kill('SIGTERM');
    await first.running;
    expect(await names('running')).toEqual([]);
    expect(await names('failed')).toEqual(['x.json', 'x.result.json']);
  });

  it.runIf(isRoot)(
    `loses nothing to others whose process has the same number${NEEDS_ROOT}`,
    async () => {
      const jobs = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.json`);
      for (const name of jobs) await drop(name, { sources: ['/nowhere/a.mov'] });
      const alone = ['unshare', '--pid', '--fork'];
      const tasks = await Promise.all(jobs.map((_, index) => task(jobs, index, { within: alone })));
      await Promise.all(tasks.map(({ running }) => running));
      expect((await names('failed')).filter((name) => jobs.includes(name))).toEqual(jobs);
      expect(await names('running')).toEqual([]);
    },
  );

  it.each([
    ['another name', 243, 'failed'],
    ['its result', 244, null],
    ['the file that its result is written to', 250, null],
  ])('leaves a JobSpec pending that has no room for %s', async (_, bytes, taken) => {
    const name = `${'x'.repeat(bytes)}.json`;
    await drop(name, { sources: ['/nowhere/a.mov'] });
    if (taken !== null) await writeFile(join(farm.path, taken, name), 'kept');
    const { running } = await task([name], 0);
    expect((await running).exitCode).toBe(1);
    expect(await names('pending')).toEqual([name]);
    expect(await names('running')).toEqual([]);
  });

  it('archives a JobSpec whose result has just room', async () => {
    const name = `${'x'.repeat(243)}.json`;
    await drop(name, { sources: ['/nowhere/a.mov'] });
    await (
      await task([name], 0)
    ).running;
    expect(await names('failed')).toHaveLength(2);
    expect(await names('running')).toEqual([]);
  });

  it('leaves a JobSpec pending while a required path is missing', async () => {
    await drop('x.json', { sources: ['/nowhere/a.mov'] });
    const { running } = await task(['x.json'], 0, { env: { WFR_REQUIRE_PATH: '/no/mount' } });
    expect((await running).exitCode).toBe(4);
    expect(await names('pending')).toEqual(['x.json']);
    expect(await names('running')).toEqual([]);
  });

  it('has nothing to do when somebody else took its JobSpec', async () => {
    const { running } = await task(['x.json'], 0);
    expect(await running).toMatchObject({ exitCode: 0, stdout: 'x.json is gone from pending/.' });
  });

  it('takes no link that somebody has put in the place of a JobSpec', async () => {
    await writeFile(join(farm.path, 'private'), '{"token": "s3cr3t"}');
    await symlink(join(farm.path, 'private'), join(farm.path, 'pending/x.json'));
    const { exitCode, stderr } = await (await task(['x.json'])).running;
    expect(stderr).toContain('x.json goes back to pending/: it is no file, but a link');
    expect(exitCode).toBe(1);
    expect(await names('pending')).toEqual(['x.json']);
    for (const state of ['running', 'completed', 'failed']) expect(await names(state)).toEqual([]);
  });

  it('leaves a JobSpec alone while one of its name is running', async () => {
    await drop('x.json', {});
    await writeFile(join(farm.path, 'running/x.json'), 'kept');
    const { exitCode, stderr } = await (await task(['x.json'])).running;
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^x\.json stays in pending\/: it can't be moved into running\//);
    expect(await readFile(join(farm.path, 'running/x.json'), 'utf8')).toBe('kept');
  });

  describe('before any work', () => {
    const isElsewhere = 'says that an archive is another file system';
    it.runIf(isRoot).each(['itself', 'by a link'])(
      `${isElsewhere}, %s${NEEDS_ROOT}`,
      async (how) => {
        await drop('x.json', {});
        const failed = join(farm.path, 'failed');
        const mounted = how === 'itself' ? failed : join(farm.path, 'elsewhere');
        await mkdir(mounted, { recursive: true });
        await execa('mount', ['-t', 'tmpfs', 'none', mounted]);
        onTestFinished(async () => void (await execa('umount', [mounted])));
        if (mounted !== failed) {
          await rmdir(failed);
          await symlink(mounted, failed);
        }
        const { exitCode, stderr } = await (await task(['x.json'])).running;
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/the four folders of .* must be there, on one file system/);
        expect(await names('pending')).toEqual(['x.json']);
      },
    );

    it.each(['is missing', 'is a link to nothing'])('says that an archive %s', async (how) => {
      await drop('x.json', {});
      const failed = join(farm.path, 'failed');
      await rm(failed, { recursive: true, force: true });
      if (how !== 'is missing') await symlink(join(farm.path, 'nothing'), failed);
      const { exitCode, stderr } = await (await task(['x.json'])).running;
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/the four folders of .* must be there, on one file system/);
      expect(await names('pending')).toEqual(['x.json']);
    });
  });

  it('counts a move as made whose answer was lost, and needs no hard links', async () => {
    await drop('x.json', { sources: ['/nowhere/a.mov'] });
    const lost =
      'case "$*" in */failed/*) "$real" "$@" >/dev/null; exit 1;; esac; exec "$real" "$@"';
    const programs = await programsThat(farm.path, { mv: lost, ln: 'exit 1' });
    const { exitCode } = await (await task(['x.json'], 0, { programs })).running;
    expect(exitCode).toBe(1);
    expect(await names('failed')).toEqual(['x.json', 'x.result.json']);
    expect(await names('running')).toEqual([]);
  });

  it.each(['x.json', 'x.result.json'])(
    'leaves job and result together where %s is taken in the archive meanwhile',
    async (name) => {
      await drop('x.json', { sources: ['/nowhere/a.mov'] });
      const taken = join(farm.path, 'failed', name);
      const programs = await programsThat(farm.path, {
        'watch-folder-runner': `"$real" "$@"; status=$?; echo theirs > '${taken}'; exit $status`,
      });
      const { exitCode } = await (await task(['x.json'], 0, { programs })).running;
      expect(exitCode).toBe(1);
      expect(await names('running')).toEqual(['x.json', 'x.result.json']);
      expect(await names('failed')).toEqual([name]);
    },
  );

  it('takes its result from no stream that something between may cut', async () => {
    await drop('x.json', { sources: ['/nowhere/a.mov'] });
    const programs = await programsThat(farm.path, {
      'watch-folder-runner': '"$real" "$@" | head -c 100; exit "${PIPESTATUS[0]}"',
    });
    await (
      await task(['x.json'], 0, { programs })
    ).running;
    const { final_status, _metadata } = await result('failed/x.result.json');
    expect([final_status, _metadata.archived_as]).toEqual(['PARTIAL', 'x.json']);
  });
});
