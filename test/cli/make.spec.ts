import { cp, mkdir, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it } from 'vitest';
import { cli, MAIN } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { RunnerProcess, until } from '../support/runner-process.ts';
import { truncateFile } from '../support/truncate-file.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({
  'a.mov': { frames: 10 },
  'long.mov': { width: 1920, height: 1080, frames: 75 },
});
const folder = useWatchFolder();
const card = () => folder().beside('A001');
const QUICK = ['--poll-seconds', '0.1', '--settle-seconds', '0.05'];
const make = (...args: string[]) => [...QUICK, 'make', card(), '-o', folder().output, ...args];
const PRORES = ['-c', 'prores_proxy'];
const here = () => ['--watch', folder().root];

beforeEach(async () => {
  await mkdir(card());
  for (const name of ['C1.mov', 'C2.mov', 'C3.mov']) await cp(clips['a.mov'], join(card(), name));
});

describe('make', () => {
  it('makes the proxies of a card, and ends with what is missing and why', async () => {
    await truncateFile(join(card(), 'C2.mov'), 0.5);
    // A file written just now may still be being copied.
    const long = new Date(Date.now() - 3_600_000);
    await utimes(join(card(), 'C2.mov'), long, long);
    const { exitCode, lines, stdout } = await cli(make(...PRORES, ...here()));
    expect(exitCode).toBe(1);
    expect(stdout).toContain('3 of 3 clips, 100 %');
    const list = lines.slice(lines.indexOf('2 of 3 proxies done. The others:'));
    expect(list[1]).toMatch(/^ {2}Failed: .*C2\.mov/);
    expect(list.at(-1)).toContain(`watch-folder-runner retry ${folder().root}`);
    expect((await readdir(join(folder().output, 'A001'))).toSorted()).toEqual(['C1.mov', 'C3.mov']);

    const handover = await cli(['handover', folder().root, '-o', folder().beside('lists')]);
    expect(handover.exitCode).toBe(1);
    expect(handover.stdout).toContain('2 done, 1 failed');

    await cp(clips['a.mov'], join(card(), 'C2.mov'));
    const again = await cli(make(...PRORES, ...here()));
    expect(again.stdout).toContain('All 3 proxies done.');
    expect(again.exitCode).toBe(0);
  });

  it('neither asks for nor counts a failed job that was put aside, until its clip changes', async () => {
    await truncateFile(join(card(), 'C2.mov'), 0.5);
    const long = new Date(Date.now() - 3_600_000);
    await utimes(join(card(), 'C2.mov'), long, long);
    const words = make('-c', 'h264', '-c', 'prores_proxy', ...here());
    expect((await cli(words)).exitCode).toBe(1);
    const failed = (await folder().names('failed')).filter((name) => !name.includes('.result.'));
    await cli(['retry', folder().root, '--dismiss', ...failed]);
    const again = await cli(words);
    expect(again.lines.slice(-3, -1)).toEqual(['4 proxies done.', '2 proxies put aside.']);
    expect(again.stderr + again.stdout).not.toContain('will be rejected');
    expect(again.exitCode).toBe(0);
    await cp(clips['a.mov'], join(card(), 'C2.mov'));
    expect((await cli(words)).stdout).toContain('All 6 proxies done.');
  });

  it('does not name a clip again that was left out and put aside', async () => {
    const words = make('-c', 'h264', '--burn-in', 'bottom-left={timecode}', ...here());
    const paths = ['C1.mov', 'C2.mov', 'C3.mov'].map((name) => join(card(), name));
    expect((await cli(words)).exitCode).toBe(1);
    const aside = await cli(['retry', folder().root, '--dismiss', ...paths]);
    expect(aside.exitCode).toBe(0);
    const again = await cli(words);
    expect(again.lines.slice(-3, -1)).toEqual(['0 proxies done.', '3 proxies put aside.']);
    expect([again.exitCode, again.stderr]).toEqual([0, '']);
    const handover = await cli(['handover', folder().root, '-o', folder().beside('lists')]);
    expect(handover.exitCode).toBe(1);
    expect(handover.stderr).toContain('No job to hand over');
  });

  it('works in a watch folder of the user, where none is named', async () => {
    const env = { XDG_STATE_HOME: folder().beside('state') };
    const { exitCode, stdout } = await cli(make('--for', 'resolve', '--for', 'fcp', '--json'), {
      env,
    });
    expect(exitCode).toBe(0);
    const root = folder().beside('state/watch-folder-runner/watch');
    expect(JSON.parse(stdout)).toEqual({
      watch_folder: root,
      made: 3,
      missing: [],
      put_aside: 0,
      not_known_any_more: 0,
      faults: [],
    });
    const status = await cli(['status', root]);
    expect(status.lines[0]).toContain('no runner, the last one stopped');
    expect(status.lines[1]).toBe('Jobs: 0 queued, 0 running, 3 done, 0 failed or rejected.');
  });

  it('says what was not planned', async () => {
    const text = ['--burn-in', 'bottom-left={timecode}'];
    const { exitCode, stdout } = await cli(make('-c', 'h264', ...text, ...here()));
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^ {2}Not planned: .*C1\.mov: no h264 proxy: .*timecode/m);
  });

  it('takes another card under the same path for another one, each time', async () => {
    expect((await cli(make('-c', 'h264', ...here()))).exitCode).toBe(0);
    const clip = join(card(), 'C1.mov');
    await cp(clips['long.mov'], clip);
    const yesterday = new Date(Date.now() - 80_000_000);
    await utimes(clip, yesterday, yesterday);
    for (let time = 0; time < 2; time++) {
      const { exitCode, stdout } = await cli(make('-c', 'h264', ...here()));
      expect([exitCode, stdout]).toEqual([1, expect.stringContaining('or their clips were.')]);
    }
  });

  it('stops at a signal: what runs ends as interrupted, what waits stays, and the same command goes on', async () => {
    for (const name of ['C1.mov', 'C2.mov', 'C3.mov'])
      await cp(clips['long.mov'], join(card(), name));
    const args = [...PRORES, ...here(), '--max-workers', '1', '--shutdown-grace-seconds', '0'];
    const running = execa(process.execPath, [MAIN, ...make(...args)], { reject: false });
    await until(async () => (await folder().names('running')).length > 0);
    running.kill('SIGINT');
    const { exitCode, stdout, stderr } = await running;
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Stopping');
    expect(stdout).toMatch(/^ {2}Interrupted: .*C1\.mov: .*interrupted/m);
    expect(stdout).toMatch(/^ {2}Queued: 2 proxies$/m);
    expect(stdout).toContain('Run the same command again to go on.');
    expect(await folder().names('pending')).toHaveLength(2);

    for (const name of ['C1.mov', 'C2.mov', 'C3.mov']) await cp(clips['a.mov'], join(card(), name));
    const again = await cli(make(...PRORES, ...here()));
    expect(again.stdout).toContain('All 3 proxies done.');
  });

  it('leaves its clips to a runner that holds the folder, and waits for them', async () => {
    const runner = new RunnerProcess(folder().root, { args: [] });
    await runner.logged('works on');
    const { exitCode, stdout, stderr } = await cli(make(...PRORES, ...here()));
    expect(stderr).toContain('Another runner is active on');
    expect(stdout).toContain('All 3 proxies done.');
    expect(exitCode).toBe(0);
    const status = await cli(['status', folder().root]);
    expect(status.stdout).toMatch(/: a runner is active .*\n(.*\n)*Jobs: .* 3 done/);
    runner.signal('SIGTERM');
    await runner.exit();
  });

  it('takes over when the runner that held the folder is gone', async () => {
    await cp(clips['long.mov'], join(card(), 'C0.mov'));
    const runner = new RunnerProcess(folder().root, { args: [] });
    await runner.logged('works on');
    const running = execa(process.execPath, [MAIN, ...make(...PRORES, ...here())], {
      reject: false,
    });
    await until(async () => (await folder().names('running')).length > 0);
    await runner.kill();
    const { exitCode, stdout } = await running;
    expect(stdout).toMatch(/^3 of 4 proxies done\. The others:\n {2}Interrupted: .*C0\.mov/m);
    expect(exitCode).toBe(1);
  });

  it('draws a bar on a terminal', async () => {
    const command = [process.execPath, MAIN, ...make(...PRORES, ...here())].join(' ');
    const { stdout } = await execa('script', ['-qec', command, '/dev/null']);
    expect(stdout).toMatch(/\[#*\.*\] \d of 3 clips, \d+ %/);
    expect(stdout).toContain('All 3 proxies done.');
  });

  it('says nothing of how far it is with --quiet, and still what it came to', async () => {
    const piped = await cli(['--quiet', ...make(...PRORES, ...here())]);
    expect(piped.stdout).not.toContain('of 3 clips, ');
    expect(piped.stdout).toContain('All 3 proxies done.');
    const command = [process.execPath, MAIN, ...make('-c', 'h264', ...here(), '-q')].join(' ');
    const { stdout } = await execa('script', ['-qec', command, '/dev/null']);
    expect(stdout).not.toContain('\r\u001B[K');
    expect(stdout).toContain('All 3 proxies done.');
  });

  it('exits with 4 where a watch folder that is named is not there', async () => {
    const { exitCode, stderr } = await cli(make(...PRORES, '--watch', folder().beside('none')));
    expect(exitCode).toBe(4);
    expect(stderr).toContain('Create it first');
  });
});

it('--once draws the same bar on a terminal', async () => {
  const slow = { codec: 'vp9', container: 'webm', resolution: 'same' };
  await folder().dropJob('a.json', { sources: [clips['long.mov']], ...slow });
  const command = [process.execPath, MAIN, folder().root, '--once'].join(' ');
  const { stdout } = await execa('script', ['-qec', command, '/dev/null']);
  expect(stdout).toMatch(/\[#*\.*\] 0 of 1 job, \d+ % · long\.mov: encoding, \d+ %/);
});

it.each([
  ['has colours', { NO_COLOR: undefined }, true],
  ['has none with NO_COLOR', { NO_COLOR: '1' }, false],
])('the log on a terminal %s', async (_, env, isColoured) => {
  const command = [process.execPath, MAIN, folder().root, '--once'].join(' ');
  const { stdout } = await execa('script', ['-qec', command, '/dev/null'], { env });
  expect(stdout).toContain('works on');
  expect(stdout.includes('\u001B[3')).toBe(isColoured);
});

it('status exits with 4 for what is no watch folder', async () => {
  const { exitCode, stderr } = await cli(['status', card()]);
  expect(exitCode).toBe(4);
  expect(stderr).toContain('is not a watch folder');
});
