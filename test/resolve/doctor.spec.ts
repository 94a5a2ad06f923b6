/** @module-tag night */
import { readdir } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { harmfulCalls, useResolveJobs } from '../support/resolve-jobs.ts';

const { withJob } = useResolveJobs();

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
      expect(await resolve.methods()).not.toContain('ProjectManager.CreateProject');
    }));

  it(
    'makes the clips of the render test, one after the other, and leaves nothing',
    { timeout: 400_000 },
    () =>
      withJob({}, async ({ resolve, folder }) => {
        const argv = ['doctor', '--render-test', folder.output];
        const { exitCode, stdout } = await cli(argv, { env: resolve.env });
        expect(stdout.match(/^ok +test clip \d, .*: rendered and verified$/gm)).toHaveLength(6);
        expect(exitCode).toBe(0);
        expect(await readdir(folder.output)).toEqual([]);
        expect(await resolve.left()).toEqual([]);
        expect(await harmfulCalls(resolve)).toEqual([]);
        expect(stdout).toContain('Render test, to be sent as it is:');
        expect(stdout).toMatch(
          /DaVinci Resolve Studio 21\.0\.4\.5, Python 3\.\S+, window unknown, 6 clips/,
        );
        expect(stdout).toMatch(/4\. 25 fps, 640x360, 8 channels: as asked, likeness 0\.9/);
        expect(stdout).toMatch(
          /warning: The clip has 8 channels of sound, and the proxy one track of 2/,
        );
        expect(stdout).toMatch(/5\. 25 fps, 360x640.*: as asked/);
        expect(stdout).toContain('size_by_timeline true');
      }),
  );

  it(
    'says which clips of it are not as asked, in a report that names nobody and nothing',
    { timeout: 400_000 },
    () =>
      withJob(
        { render: `fail:no room in /media/${userInfo().username}/Secret Film/x` },
        async ({ resolve, folder }) => {
          const argv = ['doctor', '--render-test', folder.output];
          const { exitCode, stdout } = await cli(argv, { env: resolve.env });
          expect(exitCode).toBe(1);
          const report = stdout.slice(stdout.indexOf('to be sent as it is'));
          expect(report).toMatch(/1\. 25 fps.*NOT as asked: .*no room in <path>/);
          for (const secret of [folder.output, hostname(), 'watch-folder-runner-test', 'parking'])
            expect(report).not.toContain(secret);
        },
      ),
  );

  it('names the open project of somebody to its user and not in the report', () =>
    withJob({}, async ({ resolve, folder }) => {
      await resolve.openProject('Secret film');
      const { stdout } = await cli(['doctor', '--render-test', folder.output], {
        env: resolve.env,
      });
      const at = stdout.indexOf('to be sent as it is');
      expect(stdout.slice(0, at)).toContain('The project Secret film is open');
      expect(stdout.slice(at)).toContain('PROJECT_OPEN');
      expect(stdout.slice(at)).not.toContain('Secret');
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

  it('exits with 1 when that render fails', () =>
    withJob({ storage_roots: ['/mnt/raid'] }, async ({ resolve, folder }) => {
      const argv = ['doctor', '--render-test', folder.output];
      const { exitCode, stdout } = await cli(argv, { env: resolve.env });
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/^NO +test clip 1, .*: .*RENDER_PATH.*Media Storage/m);
    }));
});
