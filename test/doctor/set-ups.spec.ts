import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { afterEach, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { isRoot, NEEDS_ROOT, NOBODY } from '../support/root.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const mounts: string[] = [];

afterEach(async () => {
  for (const path of mounts.splice(0)) await execa('umount', [path]);
});

async function mount(path: string) {
  await execa('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', path]);
  mounts.push(path);
}

async function problems(env: Record<string, string> = {}, uid?: number): Promise<string[]> {
  const user = uid === undefined ? {} : { uid };
  const { exitCode, lines } = await cli(['doctor', folder().root], { env, ...user });
  const found = lines.filter((line) => line.startsWith('NO'));
  expect(exitCode).toBe(found.length > 0 ? 1 : 0);
  return found;
}

describe('doctor finds a set-up that would fail', () => {
  it.runIf(isRoot).each(['pending', 'running', 'completed', 'failed'] as const)(
    `%s/ that the runner can't write to${NEEDS_ROOT}`,
    async (state) => {
      await folder().giveTo(NOBODY);
      expect(await problems({}, NOBODY)).toEqual([]);
      await chmod(folder().path(state), 0o555);
      const sentence = `"${folder().path(state)}" can't be written to: permission denied. Let the runner write to it.`;
      expect(await problems({}, NOBODY)).toEqual([`NO  ${sentence}`]);
    },
  );

  it.runIf(isRoot)(`roots that the runner can't use${NEEDS_ROOT}`, async () => {
    const root = folder().beside('root');
    await mkdir(root);
    await folder().giveTo(NOBODY);
    await chmod(root, 0o000);
    const env = { WFR_ALLOW_OUTPUT_ROOT: root, WFR_ALLOW_SOURCE_ROOT: root };
    expect(await problems(env, NOBODY)).toEqual([
      `NO  allowed source root ${root} can't be read: permission denied. Let the runner read it.`,
      `NO  allowed output root ${root} can't be written to: permission denied. Let the runner write to it.`,
    ]);
  });

  it('a required path whose volume is not mounted', async () => {
    const path = folder().beside('share');
    await mkdir(path);
    expect(await problems({ WFR_REQUIRE_PATH: path })).toEqual([
      `NO  required path ${path} is empty and no volume is mounted on it. Mount it.`,
    ]);
  });

  it.runIf(isRoot)(`disks without space${NEEDS_ROOT}`, async () => {
    const root = folder().beside('small');
    await mkdir(root);
    await mount(root);
    await mkdir(`${root}/pending`);
    await writeFile(`${root}/filler`, Buffer.alloc(250_000));
    const env = { WFR_ALLOW_OUTPUT_ROOT: root };
    const { exitCode, stdout } = await cli(['doctor', root], { env });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^NO {2}0 MB free for job files and results: no job is claimed\./m);
    expect(stdout).toContain(
      `NO  allowed output root ${root} is full: jobs that write there wait.`,
    );
  });

  it.runIf(isRoot)(`pending/ on another disk, before the first start${NEEDS_ROOT}`, async () => {
    const root = folder().beside('new');
    await mkdir(`${root}/pending`, { recursive: true });
    await mount(`${root}/pending`);
    const { exitCode, stdout } = await cli(['doctor', root]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^NO .* are on different filesystems\./m);
  });
});
