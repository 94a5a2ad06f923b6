/** @module-tag night */
import { expect, test } from 'vitest';
import { useResolveJobs } from '../../support/resolve-jobs.ts';
import { ResolveCampaign } from './campaign.ts';

const jobs = Number(process.env['RESOLVE_JOBS'] ?? 12);
const seed = Number(process.env['RESOLVE_SEED'] ?? 1);
const { withJob } = useResolveJobs();

test(
  'whatever goes wrong in a session of Resolve, each job is decided once and nobody else is touched',
  { timeout: jobs * 120_000 },
  () =>
    withJob({}, async (job) => {
      const campaign = new ResolveCampaign(job, seed);
      const started = performance.now();
      const problems = await campaign.run(jobs, (done) => {
        if (done % 25 === 0) console.log(`${done} jobs`);
      });
      const seconds = Math.round((performance.now() - started) / 1000);
      if (process.env['RESOLVE_JOBS'])
        console.log({ seed, jobs, ...campaign.faults, problems, seconds });
      expect(problems).toEqual([]);
    }),
);
