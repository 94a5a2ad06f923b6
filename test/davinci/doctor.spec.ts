import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { useDavinciJobs } from '../support/davinci-jobs.ts';

const { withJob } = useDavinciJobs();

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

  it('renders a second when asked to, and leaves nothing', () =>
    withJob({}, async ({ resolve, folder }) => {
      const argv = ['doctor', '--render-test', folder.output];
      const { exitCode, stdout } = await cli(argv, { env: resolve.env });
      expect(stdout).toMatch(/^ok +Resolve rendered and the runner verified one second/m);
      expect(exitCode).toBe(0);
      expect(await readdir(folder.output)).toEqual([]);
      expect(await resolve.projects()).toEqual([]);
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
      expect(wrong.stdout).toMatch(/^!! +Python for Resolve: \/usr is no executable file/m);
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
      expect(stdout).toMatch(/^NO +the test render in .* failed: .*RENDER_PATH.*Media Storage/m);
    }));
});
