import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSource } from '../support/media.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();

/** Every look at a name, as far as a JobSpec's paths are looked at. */
const CALLS = ['realpath', 'stat', 'lstat', 'access', 'read', 'readdir', 'opendir'];
const [SHARED_TIMECODE, PRIVATE_TIMECODE] = ['01:00:00:00', '09:09:09:09'];
const REFUSALS = ['PathNotAllowedError', 'SourceChangedError', 'MissingSourcesError'];
const CUBE = 'LUT_3D_SIZE 2\n0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n';

/** A root that everybody may write to, a clip in a folder of it, and a link beside that to a folder with another clip. */
async function makeScene() {
  const folder = await jobs.folder();
  const [shared, hidden] = [join(folder.root, '..', 'shared'), join(folder.root, '..', 'private')];
  for (const path of [join(shared, 'a'), hidden]) await mkdir(path, { recursive: true });
  await makeSource(join(shared, 'a'), 'clip.mov', {
    frames: 4,
    timecode: SHARED_TIMECODE,
  });
  await makeSource(hidden, 'clip.mov', { frames: 4, timecode: PRIVATE_TIMECODE });
  await writeFile(join(shared, 'a', 'show.cube'), CUBE);
  await writeFile(join(hidden, 'show.cube'), 'S3cr3t-Passw0rd\n');
  await symlink(hidden, join(shared, 'b'));
  const names = [join(shared, 'a'), join(shared, 'b')] as const;
  return { folder, shared, names, args: ['--once', '--allow-source-root', shared] };
}

test.each(Array.from({ length: 9 }, (_, index) => index + 1))(
  'a folder that is exchanged for a link before look %i at its clip shows nothing of where that leads',
  async (nth) => {
    const { folder, shared, names, args } = await makeScene();
    await folder.submit('a.json', [join(shared, 'a', 'clip.mov')], {
      codec: 'prores_proxy',
      container: 'mov',
    });
    const fault = { calls: CALLS, path: 'clip\\.mov$', nth, count: 1, act: 'exchange', names };
    const runner = jobs.start(folder, { proxy: undefined, args, fault });
    await runner.exit();
    const result = await folder.result();
    expect(JSON.stringify(result) + runner.log).not.toContain(PRIVATE_TIMECODE);
    const made = `made from ${String(result.clips[0]?.facts?.timecode)}`;
    expect([...REFUSALS, `made from ${SHARED_TIMECODE}`]).toContain(result.failure_type ?? made);
  },
);

test.each(Array.from({ length: 4 }, (_, index) => index + 1))(
  'a folder that is exchanged for a link before look %i at its LUT shows nothing of where that leads',
  async (nth) => {
    const { folder, shared, names, args } = await makeScene();
    const source = join(shared, 'clip.mov');
    await copyFile(join(shared, 'a', 'clip.mov'), source);
    const path = join(shared, 'a', 'show.cube');
    const sha256 = createHash('sha256').update(CUBE).digest('hex');
    const look = { lut: { path, sha256 }, lut_range: 'video', becomes: 'bt709' };
    await folder.submit('a.json', [source], { jobspec_version: '2.2', viewing: { look } });
    const fault = { calls: CALLS, path: 'show\\.cube$', nth, count: 1, act: 'exchange', names };
    const runner = jobs.start(folder, { proxy: undefined, args, fault });
    await runner.exit();
    const result = await folder.result();
    const hash = createHash('sha256').update('S3cr3t-Passw0rd\n').digest('hex');
    expect(JSON.stringify(result) + runner.log).not.toMatch(new RegExp(`S3cr3t|${hash}`));
    // Only the table of that hash is burnt in.
    expect([...REFUSALS, 'made']).toContain(result.failure_type ?? 'made');
  },
);

test('of a folder that is exchanged for a link no names are told', async () => {
  const { folder, shared, names, args } = await makeScene();
  await writeFile(join(shared, '..', 'private', 'B007C001.mov'), 'clip');
  for (let nth = 1; nth <= 4; nth++)
    await folder.submit(`${nth}.json`, [join(shared, 'a')], { job_id: String(nth) });
  const fault = { calls: CALLS, path: 'shared/a$', nth: 2, count: 1, act: 'exchange', names };
  const runner = jobs.start(folder, { proxy: undefined, args, fault });
  await runner.exit();
  const text = JSON.stringify(await folder.results()) + runner.log;
  expect(text).not.toContain('B007C001');
  expect(await readdir(join(shared, 'a'))).toContain('B007C001.mov');
});
