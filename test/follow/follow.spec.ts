/** @module-tag night */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useClips } from '../support/clips.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { FRAMES } from './card.ts';
import { Round } from './round.ts';

const rounds = Number(process.env['FOLLOW_ROUNDS'] ?? 3);
const seed = Number(process.env['FOLLOW_SEED'] ?? 1);
/** Most of a round is spent on waiting. */
const AT_ONCE = 3;
const folder = useTemporaryFolder();
/** Each container twice, with other frames: what a proxy was made of shows in their count. */
const small = { width: 160, height: 90 };
const of = (frames: number) => ({
  [`${frames}.mov`]: { ...small, frames },
  [`${frames}.mp4`]: { ...small, frames },
  [`${frames}.mxf`]: { ...small, frames, codec: 'mpeg2' as const },
  [`${frames}.mkv`]: { ...small, frames },
  [`${frames}.avi`]: { ...small, frames, codec: 'mjpeg' as const },
  [`${frames}.ts`]: { ...small, frames, codec: 'mpeg2' as const },
});
const clips = useClips({ ...of(FRAMES.first), ...of(FRAMES.other) });

test(
  'cards that are copied slowly while their planner and runner are killed: each clip once, none half-copied, nothing unsaid',
  { timeout: rounds * 300_000 },
  async () => {
    const problems: string[] = [];
    const counts: Record<string, number> = {};
    const started = performance.now();
    let ended = 0;
    const seeds = Array.from({ length: rounds }, (_, index) => seed + index);
    const lane = async () => {
      for (let own = seeds.shift(); own !== undefined; own = seeds.shift()) {
        const base = join(folder.path, `seed-${own}`);
        const round = await Round.create({ base, clips, seed: own });
        const found = (await round.run()).map((problem) => `seed ${own}: ${problem}`);
        for (const [what, count] of Object.entries(round.counts))
          counts[what] = (counts[what] ?? 0) + count;
        problems.push(...found);
        if (found.length === 0) await rm(base, { recursive: true });
        else console.log(found);
        if (++ended % 10 === 0) console.log(`${ended} rounds, ${problems.length} problems`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    const seconds = Math.round((performance.now() - started) / 1000);
    if (process.env['FOLLOW_ROUNDS']) console.log({ seed, rounds, ...counts, problems, seconds });
    expect(problems).toEqual([]);
  },
);
