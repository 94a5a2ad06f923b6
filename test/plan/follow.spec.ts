import {
  appendFile,
  cp,
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rm,
  truncate,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { followerOf, readFollowerStatus, type FollowerStatus } from '@app/jobspec/folder';
import { readInventory, WatchFolder } from '@app/storage';
import { cli } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { plan } from '../support/plan.ts';
import { runOnce } from '../support/runner.ts';
import { RunnerProcess, until, type Fault } from '../support/runner-process.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { width: 64, height: 36, frames: 3 } });
const folder = useWatchFolder();
let media = '';

beforeEach(async () => {
  media = folder().beside('in');
  await mkdir(media);
});

/** Follows the media, with a poll that is quick for a test. */
function start(...flags: string[]): RunnerProcess {
  return startWith({}, ...flags);
}

function startWith(
  { fault, place, settle = '0.3' }: { fault?: Fault; place?: string[]; settle?: string },
  ...flags: string[]
): RunnerProcess {
  const where = place ?? ['--output', folder().output];
  const args = [media, ...where, '--codec', 'h264', '--submit', folder().root];
  const follower = new RunnerProcess('plan', {
    fault,
    args: [...args, '--follow', '--poll-seconds', '0.1', ...flags],
    env: { WFR_SETTLE_SECONDS: settle },
  });
  onTestFinished(() => follower.kill());
  return follower;
}

const pending = async () =>
  (await folder().names('pending'))
    .filter((name) => !name.startsWith('.'))
    .map((name) => name.slice(0, 7))
    .toSorted();
/** Status of each follower. */
const statuses = async (): Promise<FollowerStatus[]> => {
  const names = (await readdir(folder().path('.runner'))).filter((name) => followerOf(name));
  const read = (name: string) => readFile(folder().path('.runner', name));
  const found = await Promise.all(names.map(async (name) => readFollowerStatus(await read(name))));
  return found.filter((status) => status !== null);
};
const stop = async (follower: RunnerProcess) => {
  follower.signal('SIGTERM');
  expect(await follower.exit()).toBe(0);
};

describe('plan --follow', () => {
  it.each([
    ['a file', (path: string) => writeFile(path, '')],
    ['a link', (path: string) => symlink(folder().path('running'), path)],
  ])('plans a clip when %s is no longer in the place of its folder', async (_, block) => {
    const blocked = join(folder().output, 'in');
    await block(blocked);
    const follower = start();
    await follower.logged('Following');
    await mkdir(join(media, 'day1'));
    await cp(clips['a.mov'], join(media, 'day1', 'C001.mov'));
    await follower.logged(blocked);
    expect(await pending()).toEqual([]);
    expect(await folder().names('running')).toEqual([]);
    await rm(blocked);
    await until(async () => (await pending()).length === 1);
    await stop(follower);
  });

  it('plans what comes, once, over a kill and a restart', async () => {
    const first = start();
    await first.logged('Following');
    await cp(clips['a.mov'], join(media, 'C001.mov'));
    await until(async () => (await pending()).length === 1);
    first.signal('SIGKILL');
    await first.exit();
    await cp(clips['a.mov'], join(media, 'C002.mov'));
    const second = start();
    await until(async () => (await pending()).length === 2);
    expect((await runOnce(folder())).isClean).toBe(true);
    await rm(folder().output, { recursive: true });
    await mkdir(folder().output);
    await cp(clips['a.mov'], join(media, 'C003.mov'));
    await until(async () => (await pending()).length === 1);
    expect(await pending()).toEqual(['in-C003']);
    await stop(second);
  });

  it('waits for what is still copied, also where its size is allotted first', async () => {
    const bytes = await readFile(clips['a.mov']);
    const follower = start();
    await follower.logged('Following');
    const path = join(media, 'C001.mov');
    await writeFile(path, '');
    await truncate(path, bytes.length);
    const file = await open(path, 'r+');
    const step = Math.ceil(bytes.length / 12);
    for (let at = 0; at < bytes.length; at += step) {
      await file.write(bytes.subarray(at, at + step), 0, undefined, at);
      await new Promise((done) => setTimeout(done, 150));
      expect(await pending()).toEqual([]);
    }
    await file.close();
    await until(async () => (await pending()).length === 1);
    await stop(follower);
  });

  it('has a clip that can not be read refused once its medium is quiet, and plans it again when it was changed', async () => {
    await writeFile(join(media, 'C001.mov'), 'cut');
    const follower = startWith({ settle: '0.05' });
    await follower.logged("C001.mov can't be read yet: it may still be being copied.");
    expect(await pending()).toEqual([]);
    expect(await folder().dropped()).toContainEqual(
      expect.objectContaining({ path: join(media, 'C001.mov'), cause: 'being_copied' }),
    );
    await until(async () => (await pending()).length === 1);
    expect((await runOnce(folder())).isClean).toBe(false);
    await cp(clips['a.mov'], join(media, 'C001.mov'));
    await until(async () => (await pending()).length === 1);
    expect((await runOnce(folder())).isClean).toBe(true);
    await stop(follower);
  });

  it('takes a folder that is gone for a while for no empty one', async () => {
    await cp(clips['a.mov'], join(media, 'C001.mov'));
    const follower = start();
    await until(async () => (await pending()).length === 1);
    await rename(media, `${media}-away`);
    await follower.logged('does not exist');
    await rename(`${media}-away`, media);
    await cp(clips['a.mov'], join(media, 'C002.mov'));
    await until(async () => (await pending()).length === 2);
    await stop(follower);
    const [status] = await statuses();
    expect(status).toMatchObject({ media: [media], planned: 2, waiting: 0, problem: null });
    expect(status?.stopped_at).toMatch(/^2/);
  });

  it('begins anew in a watch folder that has the place of another, and so does its runner', async () => {
    const { root, output } = folder();
    const runner = new RunnerProcess(root, { args: ['--poll-seconds', '0.1'] });
    onTestFinished(() => runner.kill());
    const follower = start();
    await cp(clips['a.mov'], join(media, 'C001.mov'));
    await until(async () => (await folder().names('completed')).length === 2);
    await rm(output, { recursive: true });
    await mkdir(output);
    await rename(root, `${root}-old`);
    const old = await readdir(`${root}-old`, { recursive: true });
    await mkdir(root);
    await cp(clips['a.mov'], join(media, 'C002.mov'));
    await until(
      async () =>
        (
          await folder()
            .results()
            .catch(() => [])
        ).length === 2,
    );
    const results = await folder().results();
    expect(results.map(({ clips }) => clips[0]?.status)).toEqual(['COMPLETED', 'COMPLETED']);
    await runner.logged('the runner begins anew in it');
    await follower.logged('is another folder than before');
    for (const one of [follower, runner]) {
      one.signal('SIGTERM');
      await one.exit();
    }
    const { clips: recorded } = await readInventory(new WatchFolder(root));
    const paths = Array.from(recorded, ({ path }) => basename(path));
    expect(paths.toSorted()).toEqual(['C001.mov', 'C002.mov']);
    expect(await readdir(`${root}-old`, { recursive: true })).toEqual(old);
    expect(runner.log.match(/begins anew/g)).toHaveLength(1);
    expect(follower.log.match(/another folder/g)).toHaveLength(1);
  });

  it('goes on after a record whose last line was cut', async () => {
    await cp(clips['a.mov'], join(media, 'C001.mov'));
    const first = start();
    await until(async () => (await pending()).length === 1);
    await stop(first);
    const names = await readdir(folder().path('pending'));
    const record = names.findLast((name) => name.endsWith('.inventory')) ?? '';
    await appendFile(folder().path('pending', record), '{"path": "/half');
    const second = start();
    await second.logged('1 planned before');
    await cp(clips['a.mov'], join(media, 'C002.mov'));
    await until(async () => (await pending()).length === 2);
    expect(await pending()).toEqual(['in-C001', 'in-C002']);
    await stop(second);
  });
});

describe('a follower', () => {
  it.each<[string, Fault, string]>([
    [
      'JobSpec',
      { calls: ['link'], path: 'pending/.*json', count: 2, act: 'ENOSPC' },
      ".json can't be written: ",
    ],
    [
      'record',
      { calls: ['link'], path: 'pending/.*inventory', count: 2, act: 'ENOSPC' },
      'Nothing can be planned: ',
    ],
  ])('goes on by itself where a full disk had no room for a %s', async (_, fault, sentence) => {
    const follower = startWith({ fault });
    await follower.logged('Following');
    await cp(clips['a.mov'], join(media, 'C001.mov'));
    await cp(clips['a.mov'], join(media, 'C002.mov'));
    await until(async () => (await pending()).length === 2);
    expect(follower.log).toContain(sentence);
    await stop(follower);
    const again = start();
    await again.logged('2 planned before');
    await cp(clips['a.mov'], join(media, 'C003.mov'));
    await until(async () => (await pending()).length === 3);
    expect(await pending()).toEqual(['in-C001', 'in-C002', 'in-C003']);
    await stop(again);
  });

  it('has a status of its own beside others; doctor and metrics show each', async () => {
    const first = start();
    await first.logged('Following');
    const firstMedia = media;
    media = folder().beside('second');
    await mkdir(media);
    const second = start();
    await second.logged('Following');
    await until(async () => (await statuses()).length === 2);
    const runner = new RunnerProcess(folder().root, { args: ['--http-port', '0'] });
    onTestFinished(() => runner.kill());
    await runner.logged(/port \d+/);
    const port = /port (\d+)/.exec(runner.log)?.[1];
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(
      (await response.text()).match(/^wfr_follower_problem\{follower="[0-9a-f]{12}"\} 0$/gm),
    ).toHaveLength(2);
    await runner.kill();
    const { stdout } = await cli(['doctor', folder().root]);
    for (const one of [firstMedia, media])
      expect(stdout).toMatch(new RegExp(`ok +plan --follow of "${one}"`));
    await stop(second);
    await first.kill();
    for (const one of (await readdir(folder().path('.runner'))).filter((own) => followerOf(own))) {
      const path = folder().path('.runner', one);
      const old = (await readFile(path, 'utf8')).replace(
        /("last_poll_at": )".*"/,
        '$1"2020-01-01T00:00:00.000+00:00"',
      );
      await writeFile(path, old);
    }
    const later = await cli(['doctor', folder().root]);
    expect(later.stdout).toMatch(/plan --follow of .* has been silent since 2020/);
    expect(later.stdout.match(/plan --follow/g)).toHaveLength(1);
  });

  it('plans nothing into a folder beside clips that can not be made, and all others', async () => {
    for (const day of ['day1', 'day2']) await mkdir(join(media, day));
    await writeFile(join(media, 'day1', 'Proxy'), '1');
    const follower = startWith({ place: ['--beside', 'Proxy'] });
    await follower.logged('Following');
    for (const day of ['day1', 'day2']) await cp(clips['a.mov'], join(media, day, `${day}.mov`));
    await until(async () => (await pending()).length === 1);
    await follower.logged('day1/Proxy');
    expect(await pending()).toEqual(['day2-da']);
    await until(async () => (await statuses())[0]?.problem?.includes('day1/Proxy') === true);
    expect((await statuses())[0]?.waiting).toBe(1);
    await rm(join(media, 'day1', 'Proxy'));
    await until(async () => (await pending()).length === 2);
    await until(async () => (await statuses())[0]?.problem === null);
    await stop(follower);
  });
});

const SUBMIT = ['--submit', '/not/here/either'];
describe('a mistake with --follow', () => {
  it('is a second one on the same media', async () => {
    const first = start();
    await first.logged('Following');
    const second = start();
    expect(await second.exit()).toBe(3);
    expect(second.log).toContain('Another plan --follow already follows');
    await stop(first);
  });

  it.each<[string[], number, RegExp]>([
    [['--follow'], 2, /^--follow needs --submit/],
    [['--follow', '--write', '/tmp/x'], 2, /^--follow needs --submit/],
    [['--follow', ...SUBMIT, '--check-mhl'], 2, /^--check-mhl needs whole cards/],
    [['--follow', ...SUBMIT, '--json'], 2, /^--json prints one plan/],
    [['--follow', '--submit', ''], 2, /^error: --submit is empty/],
    [['--follow', '--submit', '/not/here'], 4, /^\/not\/here is not a folder/],
    [['--follow', '--poll-seconds', '0'], 2, /Expected a number from 0\.01/],
    [
      ['--follow', ...SUBMIT, '--naming', '{index}'],
      2,
      /^--naming with \{index\} would give other/,
    ],
    [['--follow', ...SUBMIT, '--group', 'folder'], 2, /^--follow makes a JobSpec for each clip/],
    [['--follow', ...SUBMIT, '/'], 2, / lies in .*\. Name one of them\.$/],
  ])('is answered by one sentence: %j', async (flags, code, sentence) => {
    const { exitCode, stderr } = await plan([
      media,
      '--output',
      folder().output,
      '--codec',
      'h264',
      ...flags,
    ]);
    expect(exitCode).toBe(code);
    expect(stderr).toMatch(sentence);
  });
});
