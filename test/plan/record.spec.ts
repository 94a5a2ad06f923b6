import {
  copyFile,
  cp,
  mkdir,
  open,
  readFile,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { cliHere } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { plan, planned } from '../support/plan.ts';
import { runOnce } from '../support/runner.ts';
import { RunnerProcess, until } from '../support/runner-process.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({
  'a.mov': { width: 640, height: 360, frames: 25, timecode: '01:00:00:00' },
  'b.mov': { width: 640, height: 360, frames: 25 },
});
const folder = useWatchFolder();
let card = '';
let args: string[] = [];

beforeEach(async () => {
  card = folder().beside('A001');
  args = [card, '--output', folder().output, '--codec', 'h264', '--submit', folder().root];
  await mkdir(card);
});

/** Puts clips into the card that nobody has written to lately. */
async function put(...names: string[]) {
  for (const name of names) {
    await cp(clips[name.startsWith('P') ? 'b.mov' : 'a.mov'], join(card, name));
    await utimes(join(card, name), new Date('2024-01-01'), new Date('2024-01-01'));
  }
}

describe('a plan that is submitted', () => {
  it('has each clip on record before its job: asked for, or why not, and what is no clip', async () => {
    await put('C001.mov', 'P002.mov');
    await writeFile(join(card, 'C003.mov'), '');
    await writeFile(join(card, 'notes.txt'), '');
    const { report } = await planned([...args, '--burn-in', 'bottom-left={timecode}']);
    const lines = await folder().dropped();
    const kind = expect.stringContaining('h264 mp4 {source_name}') as string;
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          path: join(card, 'C001.mov'),
          medium: card,
          job: report.jobs.find(({ name }) => name.includes('C001'))?.name,
          cause: null,
          seconds: 1,
          kind,
        }),
        expect.objectContaining({ path: join(card, 'P002.mov'), cause: 'no_timecode', kind }),
        expect.objectContaining({ path: join(card, 'C003.mov'), cause: null, kind }),
        expect.objectContaining({ medium: card, others: { index: 1 } }),
      ]),
    );
    expect(lines).toHaveLength(4);
    await planned([...args, '--burn-in', 'bottom-left={timecode}']);
    expect(await folder().dropped()).toHaveLength(4);
    await runOnce(folder());
    expect(await folder().dropped()).toEqual([]);
    await planned([...args, '--burn-in', 'bottom-left={timecode}']);
    expect(await folder().dropped()).toEqual([]);
  });

  it('records nothing where it is only printed or written', async () => {
    await put('C001.mov');
    const [, ...rest] = args;
    const written = [card, ...rest.slice(0, -2), '--write', folder().beside('jobs')];
    for (const words of [[card, ...rest.slice(0, -2)], written]) await plan(words);
    expect(await folder().dropped()).toEqual([]);
  });

  it('has clips on record that differ from their hash lists, or are in a list alone', async () => {
    await put('C001.mov', 'C002.mov');
    const { stdout } = await execa('md5sum', [join(card, 'C001.mov')]);
    const entry = (name: string, md5: string) =>
      `<hash><file>${name}</file><md5>${md5}</md5></hash>`;
    const hashes = [
      entry('C001.mov', stdout.slice(0, 32)),
      entry('C002.mov', '0'.repeat(32)),
      entry('C003.mov', '0'.repeat(32)),
    ];
    await writeFile(join(card, 'a.mhl'), `<hashlist version="1.1">${hashes.join('')}</hashlist>`);
    expect((await plan([...args, '--check-mhl'])).exitCode).toBe(1);
    const lines = await folder().dropped();
    const causes = lines.map(({ path, cause }) => `${String(path).slice(-8)} ${String(cause)}`);
    expect(causes.toSorted()).toEqual(
      expect.arrayContaining(['C001.mov null', 'C002.mov hash_differs', 'C003.mov missing']),
    );
  });
});

describe('a text with two tokens', () => {
  it('shows the second where a clip has no first', async () => {
    await put('C001.mov', 'P002.mov');
    const { exitCode, report } = await planned([...args, '--burn-in', 'top-left={timecode|frame}']);
    expect(exitCode).toBe(0);
    const texts = report.jobs.map(({ jobspec }) => {
      const { viewing } = jobspec as unknown as { viewing: { burn_in: { text: string }[] } };
      return viewing.burn_in.map(({ text }) => text);
    });
    expect(texts).toEqual([['{timecode}'], ['{frame}']]);
  });

  it('stands for the one that a clip lacks, and makes again nothing that is made', async () => {
    await put('C001.mov', 'P002.mov');
    expect((await plan([...args, '--burn-in', 'bottom-left={timecode}'])).exitCode).toBe(1);
    await runOnce(folder());
    const handOver = (name: string) =>
      cliHere(['handover', folder().root, '--output', folder().beside(name)]);
    expect((await handOver('first')).stdout).toContain('1 done, 0 failed, 1 not planned');
    const again = await planned([...args, '--burn-in', 'bottom-left={timecode|frame}']);
    expect([again.exitCode, again.report]).toMatchObject([0, { already_made: 1, problems: [] }]);
    expect(again.report.jobs).toHaveLength(1);
    await runOnce(folder());
    const { exitCode, stdout } = await handOver('second');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('2 done, 0 failed.')]);
  });

  it('is named as it was typed where a clip lacks its only one', async () => {
    await put('P002.mov');
    const { stderr } = await plan([...args, '--burn-in', 'top-left={timecode}']);
    expect(stderr).toContain(
      "no h264 proxy: --burn-in 'top-left={timecode}' needs a timecode, and it has none. Give --burn-in 'top-left={timecode|frame}'.",
    );
  });

  it('is refused where the first does not fit, though the shorter second would', async () => {
    await put('C001.mov');
    const text = `top-left=${'x'.repeat(28)}{timecode|frame}`;
    const { exitCode, stderr } = await plan([...args, '--burn-in', text]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('has 39 characters, which don’t fit into the proxy of 320x180');
  });

  it('is refused where one of them is none', async () => {
    await put('C001.mov');
    const { exitCode, stderr } = await plan([...args, '--burn-in', 'bottom-left={timecode|tc}']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('unknown token');
  });
});

describe('a clip that was written to just now', () => {
  const settled = ['--settle-seconds', '1', 'plan'];

  it('is told as being copied where it is a part, and not as damaged', async () => {
    await put('C001.mov');
    await cp(clips['a.mov'], join(card, 'C002.mov'));
    await truncate(join(card, 'C002.mov'), 300);
    const { exitCode, stderr } = await cliHere([...settled, ...args]);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `Not planned: ${join(card, 'C002.mov')} can't be read yet: it may still be being copied.`,
    );
    const names = await folder().names('pending');
    expect(names.map((name) => name.slice(0, 9))).toEqual(['A001-C001']);
    expect(await folder().dropped()).toContainEqual(
      expect.objectContaining({ path: join(card, 'C002.mov'), cause: 'being_copied' }),
    );
  });

  it('is looked at again, and planned where it no longer grows', async () => {
    await put('C001.mov');
    await copyFile(clips['a.mov'], join(card, 'C002.mov'));
    const { exitCode } = await cliHere([...settled, ...args]);
    expect(exitCode).toBe(0);
    expect(await folder().names('pending')).toHaveLength(2);
  });
});

describe('--for resolve', () => {
  const words = () => [card, '--for', 'resolve', '--submit', folder().root];

  it('plans a card with a hash list beside one without', async () => {
    await put('C001.mov');
    const other = folder().beside('B002');
    await mkdir(other);
    await cp(clips['a.mov'], join(other, 'C001.mov'));
    await writeFile(join(card, 'A001.mhl'), '<hashlist version="1.1"></hashlist>');
    const { exitCode, stdout } = await plan([other, ...words()]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("A001.mhl doesn't know the proxies in Proxy: extra files for it.");
    expect(await folder().names('pending')).toHaveLength(2);
  });

  it('looks into no link that lies beside a clip', async () => {
    await put('C001.mov');
    await mkdir(folder().beside('elsewhere'));
    await symlink(folder().beside('elsewhere'), join(card, 'Proxy'));
    const { exitCode, stderr } = await plan(words());
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${join(card, 'Proxy')} is a link, which may lead anywhere.`);
    expect(await folder().names('pending')).toEqual([]);
    expect(await folder().dropped()).toContainEqual(
      expect.objectContaining({ path: join(card, 'C001.mov'), cause: 'no_folder' }),
    );
  });
});

const follow = (...flags: string[]) => {
  const follower = new RunnerProcess('plan', {
    args: [...args, '--follow', '--poll-seconds', '0.1', ...flags],
    env: { WFR_SETTLE_SECONDS: '1' },
  });
  onTestFinished(() => follower.kill());
  return follower;
};

it('a card copied slowly, in containers that open before they are whole, while its planner is killed: each clip once, all made', async () => {
  const names = ['C1.avi', 'C2.mkv', 'C3.mxf', 'C4.mpg', 'C5.ts', 'C6.mov'];
  const whole = folder().beside('whole');
  await mkdir(whole);
  for (const name of names) {
    const codec = name.endsWith('mov') ? 'mpeg4' : 'mpeg2video';
    const source = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=2:r=25'];
    await execa('ffmpeg', ['-v', 'error', ...source, '-c:v', codec, join(whole, name)]);
  }
  let follower = follow();
  const copying = (async () => {
    for (const name of names.toReversed()) {
      const bytes = await readFile(join(whole, name));
      const file = await open(join(card, name), 'w');
      for (let part = 0; part < 4; part++) {
        const [from, to] = [part, part + 1].map((at) => Math.floor((bytes.length * at) / 4));
        await file.write(bytes.subarray(from, to));
        await new Promise((done) => setTimeout(done, 400));
      }
      await file.close();
    }
  })();
  const isCopied = copying.then(() => true);
  const later = () => new Promise<boolean>((done) => setTimeout(done, 1500, false));
  while (!(await Promise.race([isCopied, later()]))) {
    await follower.kill();
    follower = follow();
  }
  // A drop that was cut off leaves a hidden name.
  const jobs = async () =>
    (await folder().names('pending')).filter((name) => name.endsWith('.json'));
  await until(async () => (await jobs()).length === names.length);
  await follower.kill();
  expect((await runOnce(folder())).isClean).toBe(true);
  const sources = (await folder().results()).flatMap((result) => result.clips);
  expect(sources.map(({ source_path }) => source_path.slice(card.length + 1)).toSorted()).toEqual(
    names,
  );
  const again = follow();
  await again.logged(`${names.length} planned before`);
  again.signal('SIGTERM');
  expect(await again.exit()).toBe(0);
  expect(await jobs()).toEqual([]);
});

it('a stop ends within seconds where the storage of the media hangs', async () => {
  await put('C001.mov', 'C002.mov', 'C003.mov', 'C004.mov');
  const follower = new RunnerProcess('plan', {
    args: [...args, '--follow', '--poll-seconds', '0.1'],
    env: { WFR_SETTLE_SECONDS: '0.1' },
    fault: { calls: ['lstat'], path: 'A001/C', act: 'hang' },
  });
  onTestFinished(() => follower.kill());
  await follower.logged('hang: lstat');
  const start = performance.now();
  follower.signal('SIGTERM');
  await follower.exit();
  expect(performance.now() - start).toBeLessThan(15_000);
  expect(await folder().dropped()).not.toContainEqual(
    expect.objectContaining({ cause: 'unreadable' }),
  );
  await rm(card, { recursive: true });
});
