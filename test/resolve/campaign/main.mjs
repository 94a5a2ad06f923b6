// npm run test:resolve -- --jobs 200 [--seed N]: the campaign of `npm test` on the stand-in for Resolve, for longer.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { jobs: { type: 'string' }, seed: { type: 'string' } } });
const { jobs = '200', seed = '1' } = values;
const { status } = spawnSync(
  'npx',
  [
    'vitest',
    'run',
    'test/resolve/campaign/',
    '--project=integration',
    '--disable-console-intercept',
  ],
  { stdio: 'inherit', env: { ...process.env, RESOLVE_JOBS: jobs, RESOLVE_SEED: seed } },
);
process.exitCode = status ?? 1;
