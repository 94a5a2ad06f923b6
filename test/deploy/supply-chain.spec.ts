/** @module-tag night */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFile(`${ROOT}${name}`, 'utf8');

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

interface Lockfile {
  packages: Record<string, { integrity?: string; link?: boolean }>;
}

describe('dependencies', () => {
  it.each(['package.json', 'apps/dashboard/package.json'])(
    'are pinned exactly in %s',
    async (file) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(await read(file)) as Manifest;
      for (const version of Object.values({ ...dependencies, ...devDependencies }))
        expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    },
  );

  it('have a checksum in the lockfile', async () => {
    const { packages } = JSON.parse(await read('package-lock.json')) as Lockfile;
    const installed = Object.entries(packages).filter(
      ([path, { link }]) => path.includes('node_modules/') && link !== true,
    );
    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });

  it('have licences that are listed and allowed', async () => {
    const check = execa('node', ['scripts/licenses.mjs', '--check'], { cwd: ROOT });
    await expect(check).resolves.toMatchObject({ exitCode: 0 });
  });
});

describe('container images', () => {
  it('are built by Compose and checked by the workflow on one exact base', async () => {
    const named = async (file: string) =>
      (await read(file)).match(/(?<=NODE_IMAGE: |container: )node:\S+/g) ?? [];
    const [built, checked] = await Promise.all(
      ['docker/compose.yaml', '.github/workflows/ci.yml'].map(named),
    );
    expect(built).toHaveLength(2);
    expect(new Set([...(built ?? []), ...(checked ?? [])]).size).toBe(1);
    expect(built?.[0]).toMatch(/^node:\d+\.\d+\.\d+-trixie-slim$/);
  });
});

describe('workflows', () => {
  it.each(['ci', 'release'])('use actions by commit only: %s', async (name) => {
    const text = await read(`.github/workflows/${name}.yml`);
    const uses = text.match(/uses: (?!\.\/).*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/@[0-9a-f]{40} # v\d/);
  });
});
