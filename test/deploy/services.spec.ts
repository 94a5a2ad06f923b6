/** @module-tag night */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../apps/runner/src/config/settings.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const text = (name: string) => readFile(path(name), 'utf8');

/** The exposure that `systemd-analyze security` may find, in tenths; a service without any protection has 96. */
const MAX_EXPOSURE = '13';

describe('the environment file', () => {
  it('names every setting of the dashboard', async () => {
    const names = (source: string) => new Set(source.match(/\bWFR_DASHBOARD_[A-Z_]+/g));
    expect(names(await text('deploy/dashboard.env'))).toEqual(
      names(await text('docs/dashboard.md')),
    );
  });
});

describe('the systemd units', () => {
  it.each([
    ['watch-folder-runner@.service', 'watch-folder-runner@srv-watch.service'],
    ['watch-folder-runner-dashboard.service', 'watch-folder-runner-dashboard.service'],
    ['watch-folder-runner-follow@.service', 'watch-folder-runner-follow@srv-watch.service'],
  ])(
    'find their program, are understood without a warning, and confined: %s',
    async (unit, instance) => {
      // It needn't be installed where the unit is checked. By its name alone it is found wherever npm puts it.
      const source = (await text(`deploy/systemd/${unit}`)).replace(
        /^ExecStart=(node|watch-folder-runner) /m,
        'ExecStart=true ',
      );
      expect(source).toContain('\nExecStart=true ');
      const file = join(folder.path, instance);
      await writeFile(file, source);
      const verified = await execa('systemd-analyze', ['verify', '--man=no', file], { all: true });
      expect(verified.all).toBe('');
      const judge = ['security', '--offline=true', `--threshold=${MAX_EXPOSURE}`, file];
      expect((await execa('systemd-analyze', judge)).stdout).toContain('Overall exposure level');
    },
  );
});

describe('the service of the user whose Resolve makes camera RAW', () => {
  it('is understood by systemd, and keeps nothing from Resolve', async () => {
    const source = await text('deploy/systemd/watch-folder-runner-resolve@.service');
    const file = join(folder.path, 'watch-folder-runner-resolve@srv-raw.service');
    await writeFile(file, source.replace('ExecStart=watch-folder-runner ', 'ExecStart=true '));
    const env = { XDG_RUNTIME_DIR: folder.path };
    const argv = ['--user', 'verify', '--man=no', file];
    expect((await execa('systemd-analyze', argv, { all: true, env })).all).toBe('');
    expect(source).not.toMatch(/^(?:User|PrivateTmp|PrivateNetwork|ProtectHome|ProtectProc)=/m);
    expect(source).toMatch(/^KillMode=process$/m);
  });
});

describe('service managers', () => {
  it.each([
    ['deploy/systemd/watch-folder-runner@.service', /^TimeoutStopSec=(\d+)$/m],
    ['deploy/systemd/watch-folder-runner-resolve@.service', /^TimeoutStopSec=(\d+)$/m],
    ['deploy/launchd/watch-folder-runner-resolve.plist', /ExitTimeOut<\/key>\s*<integer>(\d+)</],
    ['deploy/launchd/watch-folder-runner.plist', /ExitTimeOut<\/key>\s*<integer>(\d+)</],
    ['docker/compose.yaml', /stop_grace_period: (\d+)s/],
  ])('wait longer than running jobs may take to end: %s', async (file, pattern) => {
    const [, seconds] = pattern.exec(await text(file)) ?? [];
    expect(Number(seconds)).toBeGreaterThan(DEFAULT_SETTINGS.shutdownGraceSeconds + 30);
  });
});
