// Cost of a full pending/: time to the first claim, and time per claim against a nearly empty pending/.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  median,
  peakMegabytes,
  scratch,
  secondsUntilExit,
  startRunner,
  watchFolder,
} from './runner.mjs';

const FULL = 100_000;
const HUGE = 1_000_000;
const FEW = 100;
const ROUNDS = 5;
const FIRST_CLAIM_BOUND = { [FULL]: 3, [HUGE]: 5 };
/** Limit on resident memory, in MB. */
const MEMORY_BOUND = { [FULL]: 120, [HUGE]: 250 };
/** Ratio by which medians on one machine differ by chance. */
const NOISE = 1.1;

export async function claims() {
  const parent = scratch();
  const few = [];
  for (let round = 0; round < ROUNDS; round++) few.push(await claimsOf(parent, FEW));
  const full = await claimsOf(parent, FULL, FEW);
  const perClaimFew = median(few.map(({ perClaim }) => perClaim));
  const ratio = full.perClaim / perClaimFew;
  const huge = await claimsOf(parent, HUGE, FEW);
  return [
    ...rowsOf(FULL, full),
    ...rowsOf(HUGE, huge),
    {
      measure: `per claim with ${FULL} : with ${FEW} pending`,
      value: `${ms(full.perClaim)} : ${ms(perClaimFew)} = ${ratio.toFixed(3)}`,
      bound: `<= ${NOISE}`,
      ok: ratio <= NOISE,
    },
  ];
}

function rowsOf(count, { first, megabytes }) {
  return [
    {
      measure: `${count} files pending: first claim after`,
      value: `${first.toFixed(2)} s`,
      bound: `<= ${FIRST_CLAIM_BOUND[count]} s`,
      ok: first <= FIRST_CLAIM_BOUND[count],
    },
    {
      measure: `${count} files pending: most resident memory`,
      value: `${megabytes.toFixed(0)} MB`,
      bound: `<= ${MEMORY_BOUND[count]} MB`,
      ok: megabytes <= MEMORY_BOUND[count],
    },
  ];
}

/** Runs jobs that are refused at once, so that only finding, claiming and archiving are measured. */
async function claimsOf(parent, count, wanted = count) {
  const folder = watchFolder(parent, 'watch');
  for (let job = 0; job < count; job++) {
    writeFileSync(join(folder, 'pending', `job-${String(job).padStart(6, '0')}.json`), '{}');
  }
  const failed = join(folder, 'failed');
  mkdirSync(failed);
  const start = Date.now();
  const runner = startRunner(folder);
  const ended = secondsUntilExit(runner);
  while (readdirSync(failed).length < 2 * wanted) await sleep(20);
  const megabytes = peakMegabytes(runner.pid);
  runner.kill('SIGTERM');
  await ended;
  const times = readdirSync(failed)
    .filter((name) => name.endsWith('.result.json'))
    .map((name) => statSync(join(failed, name)).mtimeMs)
    .sort((a, b) => a - b)
    .slice(0, wanted);
  rmSync(folder, { recursive: true });
  const first = (times[0] - start) / 1000;
  return { first, megabytes, perClaim: (times.at(-1) - times[0]) / 1000 / (times.length - 1) };
}

function ms(seconds) {
  return `${(seconds * 1000).toFixed(2)} ms`;
}
