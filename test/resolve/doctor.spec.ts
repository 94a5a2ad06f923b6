/** @module-tag night */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { harmfulCalls, useResolveJobs } from '../support/resolve-jobs.ts';

const { withJob } = useResolveJobs();

/** The report that is named at the end of the output. The test leaves nothing else but the proxy of one's own clip. */
async function reportOf(directory: string, stdout: string, own: string[] = []): Promise<string> {
  const [, path = ''] = /Send this file: (.*)$/m.exec(stdout) ?? [];
  const left = ['.json', ...own].map((extension) => basename(path, '.json') + extension);
  expect((await readdir(directory)).toSorted()).toEqual(left.toSorted());
  return readFile(path, 'utf8');
}

describe.concurrent('doctor', () => {
  it('says where it looked for Resolve, and that only camera RAW is refused', async () => {
    const env = { RESOLVE_SCRIPT_API: '/nowhere' };
    const { exitCode, stdout } = await cli(['doctor'], { env });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^!! +camera RAW is refused: .*\/nowhere\/Modules/m);
  });

  it('gives the four reasons when Resolve does not answer', () =>
    withJob({ running: false }, async ({ resolve }) => {
      const argv = ['doctor', '--resolve-connect-seconds', '1'];
      const { stdout } = await cli(argv, { env: resolve.env });
      expect(stdout).toContain(`scripting module is in ${resolve.scriptApi}`);
      expect(stdout).toMatch(/^!! .*not running.*free edition.*External scripting.*another user/m);
    }));

  it('says who answers', () =>
    withJob({}, async ({ resolve }) => {
      const { exitCode, stdout } = await cli(['doctor'], { env: resolve.env });
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(
        /^ok +DaVinci Resolve Studio 21\.0\.4\.5 answers, through Python 3\./m,
      );
      expect(stdout).toContain('Stop renders when a frame or clip cannot be processed');
      expect(await resolve.methods()).not.toContain('ProjectManager.CreateProject');
    }));

  it(
    'makes the clips of the render test, and a report that tells what this Resolve does',
    { timeout: 600_000 },
    () =>
      withJob({}, async (job) => {
        const { resolve, folder } = job;
        const clip = await job.source('Secret/A001C001.braw');
        await resolve.play({ media: { [clip]: { 'Reel Name': 'B007' } } });
        const argv = ['doctor', '--render-test', folder.output, '--clip', clip];
        const { exitCode, stdout } = await cli(argv, { env: resolve.env });
        expect(stdout).not.toMatch(/^NO/m);
        expect(exitCode).toBe(0);
        expect(await resolve.left()).toEqual([]);
        expect(await harmfulCalls(resolve)).toEqual([]);
        const text = await reportOf(folder.output, stdout, ['.mov']);
        const verdict =
          'Ready for camera RAW: yes, except 8 channels in one file: you get 2 of 8 channels; H.264 in MP4 with timecode: not possible on this system';
        expect(stdout).toContain(verdict);
        const report = JSON.parse(text) as { clips: Record<string, unknown>[] };
        expect(report).toMatchObject({ verdict, begun: null, resolve: { version: '21.0.4.5' } });
        expect(report.clips.map(({ name, fault }) => [name, fault])).toEqual(
          report.clips.map(({ name }) => [name, null]),
        );
        expect(report.clips).toHaveLength(14);
        expect(report.clips[0]).toMatchObject({
          name: 'plain',
          resolve: { codec: 'ProRes422P', colour: { colorScienceMode: 'davinciYRGB' } },
        });
        const failed = report.clips.flatMap(({ failed: sentence }) => sentence ?? []);
        expect(failed).toHaveLength(2);
        expect(failed[0]).toContain('The render was cancelled');
        expect(stdout).toContain('Stop renders when a frame or clip cannot be processed');
        expect(stdout).toMatch(/https:\S+issues, where everybody can read it/);
      }),
  );

  it('says which clips of it are not as asked, in its report too', { timeout: 600_000 }, () =>
    withJob({ render: 'fail:no room in /media/x' }, async ({ resolve, folder }) => {
      const argv = ['doctor', '--render-test', folder.output];
      const { exitCode, stdout } = await cli(argv, { env: resolve.env });
      expect(exitCode).toBe(1);
      const text = await reportOf(folder.output, stdout);
      expect(text).toMatch(/"fault": .*no room in \/media\/x/);
    }),
  );

  it('names the open project of somebody', () =>
    withJob({}, async ({ resolve, folder }) => {
      await resolve.openProject('Secret film');
      const argv = ['doctor', '--render-test', folder.output];
      const { stdout } = await cli(argv, { env: resolve.env });
      expect(stdout).toContain('The project Secret film is open');
      const text = await reportOf(folder.output, stdout);
      expect(text).toContain('PROJECT_OPEN');
      expect(text).toContain('Ready for camera RAW: no: ');
    }));

  it('has written what it knows when it is killed in the middle', () =>
    withJob({ modal_at: 'MediaPool.ImportMedia' }, async (job) => {
      const argv = ['doctor', '--render-test', job.folder.output];
      const running = cli(argv, { env: job.resolve.env });
      await job.resolve.called('MediaPool.ImportMedia');
      const names = await readdir(job.folder.output);
      const name = names.find((one) => one.endsWith('.json')) ?? '';
      const text = await readFile(join(job.folder.output, name), 'utf8');
      expect(JSON.parse(text)).toMatchObject({
        verdict: expect.stringMatching(/^Ready for camera RAW: not known: /),
        begun: 'plain',
        clips: [],
      });
      process.kill(await job.resolve.driver(), 'SIGKILL');
      await job.resolve.play({ running: false });
      await running;
    }));

  it.each([
    ['/nope', 'Output directory does not exist: /nope'],
    ['/proc/version', 'Output directory is not a directory: /proc/version'],
  ])('says what to name instead of %s for that render', (directory, fault) =>
    withJob({}, async ({ resolve }) => {
      const { exitCode, stdout } = await cli(['doctor', '--render-test', directory], {
        env: resolve.env,
      });
      expect(exitCode).toBe(1);
      expect(stdout).toContain(`no test render: ${fault}. Name one that is there`);
    }),
  );

  it('takes no directory for a Python, and an empty variable for none', () =>
    withJob({}, async ({ resolve }) => {
      const wrong = await cli(['doctor', '--resolve-python', '/usr'], { env: resolve.env });
      expect(wrong.stdout).toMatch(/^!! +Python for Resolve: \/usr is not an executable file/m);
      const env = { ...resolve.env, WFR_RESOLVE_PYTHON: '' };
      expect((await cli(['doctor'], { env })).stdout).toMatch(
        /^ok +Python for Resolve: .*python3$/m,
      );
    }));

  it('exits with 1 when that render fails', { timeout: 600_000 }, () =>
    withJob({ storage_roots: ['/mnt/raid'] }, async ({ resolve, folder }) => {
      const argv = ['doctor', '--render-test', folder.output];
      const { exitCode, stdout } = await cli(argv, { env: resolve.env });
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/^NO +test: ProRes .*: .*RENDER_PATH.*Media Storage/m);
    }),
  );
});
