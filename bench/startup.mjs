// Cost of a start, in processor seconds of the process and everything it starts; cron, farms and `submit` pay it for every job.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAIN, median, scratch, watchFolder } from './runner.mjs';

const ROUNDS = 7;
const QUICK = 0.12;
const WHOLE = 0.3;
/** Limit for `--once` on an empty folder, as a multiple of an empty Node. */
const TIMES = 3.5;

export function startup() {
  const parent = scratch();
  const folder = watchFolder(parent, 'watch');
  const job = join(parent, 'job.json');
  writeFileSync(job, '{}');
  const commands = [
    { args: ['--version'], bound: QUICK },
    { args: ['schema', 'jobspec'], bound: QUICK },
    { args: ['submit', job, folder], bound: WHOLE },
    { args: ['validate', job], bound: WHOLE },
    { args: ['run', job], bound: WHOLE },
    { args: [folder, '--once'], bound: WHOLE },
  ];
  const bare = processorSeconds(['-e', '0']);
  const rows = commands.map(({ args, bound }) => {
    const seconds = processorSeconds([MAIN, ...args]);
    const name = args.map((word) => (word.startsWith(parent) ? '…' : word)).join(' ');
    return {
      measure: `${name}: processor seconds (an empty Node: ${bare.toFixed(2)})`,
      value: `${seconds.toFixed(2)} s`,
      bound: `<= ${bound} s`,
      ok: seconds <= bound,
    };
  });
  const times = processorSeconds([MAIN, folder, '--once']) / bare;
  const measure = 'start to exit of --once on an empty folder : an empty Node, processor time';
  const row = { measure, value: times.toFixed(2), bound: `<= ${TIMES}`, ok: times <= TIMES };
  return [...rows, row];
}

/** Processor seconds by Bash's `times`, which counts children and their children to the millisecond. */
function processorSeconds(args) {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const script = '"$0" "$@" >/dev/null 2>&1; times';
    const { stdout } = spawnSync('bash', ['-c', script, process.execPath, ...args], {
      encoding: 'utf8',
    });
    const children = stdout.trim().split('\n')[1];
    return Array.from(children.matchAll(/(\d+)m([\d.]+)s/g), ([, minutes, seconds]) => {
      return Number(minutes) * 60 + Number(seconds);
    }).reduce((sum, part) => sum + part);
  });
  return median(rounds);
}
