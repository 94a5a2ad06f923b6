import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Random } from '../crash/random.ts';
import { cli } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { RunnerProcess, until } from '../support/runner-process.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const ROUNDS = 50;
const CLIPS = 6;
const clips = useClips({ 'a.mov': { width: 64, height: 36, frames: 3 } });
const folder = useWatchFolder();

/** Copies as programs do that allot the whole size first and set the time of the source last, in pieces that take their time. */
async function copySlowly(from: string, to: string, random: Random): Promise<void> {
  const bytes = await readFile(from);
  const file = await open(to, 'w');
  await file.truncate(bytes.length);
  const step = Math.ceil(bytes.length / 6);
  const starts = Array.from({ length: 6 }, (_, index) => index * step);
  // Some write the beginning last.
  if (random.next() < 0.5) starts.reverse();
  for (const at of starts) {
    await file.write(bytes.subarray(at, at + step), 0, undefined, at);
    await sleep(random.next() * 120);
  }
  await file.close();
  await utimes(to, new Date('2020-01-01'), new Date('2020-01-01'));
}

it(
  'a card that is copied slowly, in another order, while its planner is killed: each clip once, none half-copied',
  { tags: ['night'], timeout: 3_600_000 },
  async () => {
    const random = new Random(Number(process.env['CRASH_SEED'] ?? 1));
    const media = folder().beside('cards');
    await mkdir(media);
    const args = [media, '--output', folder().output, '--codec', 'h264', '--submit', folder().root];
    const start = () =>
      new RunnerProcess('plan', {
        args: [...args, '--follow', '--poll-seconds', '0.1'],
        env: { WFR_SETTLE_SECONDS: '0.4' },
      });
    const submitted = async () =>
      (
        await Promise.all(
          (['pending', 'completed', 'failed'] as const).map((state) => folder().names(state)),
        )
      )
        .flat()
        .filter(
          (name) =>
            name.endsWith('.json') && !name.endsWith('.result.json') && !name.startsWith('.'),
        );
    let kills = 0;
    for (let round = 1; round <= ROUNDS; round++) {
      const card = join(media, `A${String(round).padStart(3, '0')}`);
      await mkdir(card);
      let follower = start();
      const names = Array.from({ length: CLIPS }, (_, index) => `C${index}.mov`);
      names.sort(() => random.next() - 0.5);
      const copying = (async () => {
        for (const name of names) await copySlowly(clips['a.mov'], join(card, name), random);
      })();
      const isCopied = copying.then(() => true);
      while (!(await Promise.race([isCopied, sleep(random.next() * 900, false)]))) {
        await follower.kill();
        kills += 1;
        follower = start();
      }
      await until(async () => (await submitted()).length >= round * CLIPS);
      await follower.kill();
      expect((await cli([folder().root, '--once', '--max-workers', '2'])).exitCode).toBe(0);
      expect(await submitted()).toHaveLength(round * CLIPS);
    }
    const results = await folder().results();
    const whole = createHash('sha256')
      .update(await readFile(clips['a.mov']))
      .digest('hex');
    for (const card of await readdir(media))
      for (const name of await readdir(join(media, card))) {
        const copied = await readFile(join(media, card, name));
        expect(createHash('sha256').update(copied).digest('hex')).toBe(whole);
      }
    const sources = results.flatMap((result) => result.clips.map((clip) => clip.source_path));
    expect(results.map(({ final_status }) => final_status)).toEqual(sources.map(() => 'COMPLETED'));
    expect(new Set(sources).size).toBe(ROUNDS * CLIPS);
    expect(sources).toHaveLength(ROUNDS * CLIPS);
    // Proxies of one source are one another's like.
    const frames = results.flatMap((result) => result.clips.map((clip) => clip.facts?.frames.made));
    expect(new Set(frames)).toEqual(new Set([3]));
    expect(kills).toBeGreaterThan(ROUNDS);
  },
);
