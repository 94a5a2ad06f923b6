import { expect, test } from 'vitest';
import { makeStandInMedia } from '../support/stand-in-media.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { Campaign } from './campaign.ts';

const kills = Number(process.env['CRASH_KILLS'] ?? 12);
const seed = Number(process.env['CRASH_SEED'] ?? 1);
const folder = useTemporaryFolder();

test(
  'whatever moment the runner is killed at, nothing is lost, done twice or left running',
  { timeout: kills * 60_000 },
  async () => {
    const media = await makeStandInMedia(folder.path);
    const base = `${folder.path}/campaign`;
    const campaign = await Campaign.create({ base, media, seed, kills, realEvery: 6 });
    const started = performance.now();
    const problems = await campaign.run((round) => {
      if (round % 50 === 0) console.log(`${round} kills, ${campaign.submitted} jobs`);
    });
    const seconds = Math.round((performance.now() - started) / 1000);
    if (process.env['CRASH_KILLS'])
      console.log({
        seed,
        ...campaign.kills,
        ...campaign.disturbances,
        jobs: campaign.submitted,
        problems,
        seconds,
      });
    expect(problems).toEqual([]);
  },
);
