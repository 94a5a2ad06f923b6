import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT } from './blocks.ts';

let place = '';

/** A checkout with its modules on a machine that has `which`, `apt-get` and nothing else; what apt-get is told is written down. */
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'setup-'));
  await mkdir(join(place, 'scripts'));
  await mkdir(join(place, 'bin'));
  await mkdir(join(place, 'node_modules'));
  await cp(join(ROOT, 'scripts/setup.mjs'), join(place, 'scripts/setup.mjs'));
  await writeFile(join(place, 'package-lock.json'), '{}');
  await utimes(join(place, 'package-lock.json'), 0, 0);
  await writeFile(join(place, 'node_modules/.package-lock.json'), '{}');
  const apt = join(place, 'bin/apt-get');
  await writeFile(apt, `#!/bin/sh\necho "$@" >> ${place}/told\n`);
  await chmod(apt, 0o755);
  await writeFile(join(place, 'bin/sudo'), '#!/bin/sh\nshift; exec "$@"\n');
  await chmod(join(place, 'bin/sudo'), 0o755);
  for (const name of ['which', 'sh'])
    await symlink((await execa('which', [name])).stdout, join(place, 'bin', name));
});
afterEach(() => rm(place, { recursive: true }));

function setup(...flags: string[]) {
  const options = { env: { PATH: join(place, 'bin') }, reject: false } as const;
  return execa(process.execPath, [join(place, 'scripts/setup.mjs'), ...flags], options);
}

const told = () => readFile(join(place, 'told'), 'utf8').catch(() => '');

it('names each package before it installs it, and installs nothing beside', async () => {
  const { exitCode, stderr } = await setup();
  expect([exitCode, stderr]).toEqual([0, 'Installing with apt-get, for ffmpeg, ffprobe: ffmpeg']);
  expect(await told()).toBe(
    'update -qq\ninstall -y -qq --no-install-recommends --no-upgrade ffmpeg\n',
  );
});

it('only names what is missing when nothing may be installed', async () => {
  await rm(join(place, 'node_modules'), { recursive: true });
  const { exitCode, stderr } = await setup('--for-tests', '--no-install');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('npm ci');
  for (const name of ['ffmpeg', 'chromium', 'strace', 'libxml2-utils'])
    expect(stderr).toContain(name);
  expect(await told()).toBe('');
});
