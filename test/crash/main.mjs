// npm run test:crash -- --kills 500 [--seed N]: the crash test of `npm test`, for longer.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
const { kills = '500', seed = '1' } = values;
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', 'test/crash/', '--project=integration', '--disable-console-intercept'],
  { stdio: 'inherit', env: { ...process.env, CRASH_KILLS: kills, CRASH_SEED: seed } },
);
process.exitCode = status ?? 1;
