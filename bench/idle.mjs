// Cost of an idle runner.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { scratch, secondsUntilExit, startRunner, watchFolder } from './runner.mjs';

const WARM_UP_SECONDS = 5;
const SECONDS = 30;
const CPU_BOUND = 0.01;
const MEMORY_BOUND = 70;

export async function idle() {
  const runner = startRunner(watchFolder(scratch(), 'watch'), ['--poll-seconds', '2']);
  const ended = secondsUntilExit(runner);
  await sleep(WARM_UP_SECONDS * 1000);
  const before = cpuSeconds(runner.pid);
  await sleep(SECONDS * 1000);
  const share = (cpuSeconds(runner.pid) - before) / SECONDS;
  const megabytes = residentMegabytes(runner.pid);
  runner.kill('SIGTERM');
  await ended;
  return [
    {
      measure: 'idle at a 2 s poll: share of a core',
      value: `${(share * 100).toFixed(2)} %`,
      bound: `< ${CPU_BOUND * 100} %`,
      ok: share < CPU_BOUND,
    },
    {
      measure: 'idle: resident memory',
      value: `${megabytes.toFixed(0)} MB`,
      bound: `< ${MEMORY_BOUND} MB`,
      ok: megabytes < MEMORY_BOUND,
    },
  ];
}

function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

function residentMegabytes(pid) {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kilobytes) / 1000;
}
