// npm run test:follow -- --rounds 100 [--seed N]: the campaign on followed cards, for longer. Round 7 of seed 1 is round 1 of seed 7.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, seed: { type: 'string' } },
});
const { rounds = '100', seed = '1' } = values;
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', 'test/follow/', '--project=integration', '--disable-console-intercept'],
  { stdio: 'inherit', env: { ...process.env, FOLLOW_ROUNDS: rounds, FOLLOW_SEED: seed } },
);
process.exitCode = status ?? 1;
