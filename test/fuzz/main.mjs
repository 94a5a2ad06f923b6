// npm run fuzz -- --minutes N [--seed S] [--only jobspecs|media|looks|dashboard]: the fuzzers of `npm test`, for longer.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const { values } = parseArgs({ options: { minutes: text, seed: text, only: text } });
const { minutes = '10', seed = String(Date.now() % 2 ** 31), only = '' } = values;
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', `test/fuzz/${only}`, '--project=integration', '--disable-console-intercept'],
  { stdio: 'inherit', env: { ...process.env, FUZZ_MINUTES: minutes, FUZZ_SEED: seed } },
);
process.exitCode = status ?? 1;
