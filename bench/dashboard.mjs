// npm run bench:dashboard [-- RESULTS]: the built dashboard with 100,000 results of 3 clips (or RESULTS): first reading while one
// client requests pages without pause, restart, and response times. Prints a table and JSON; exits with 1 if a bound isn't kept. Linux only: memory
// and processor time of the server are read from /proc.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { standalone } from '../scripts/dashboard.mjs';
import { buildDashboard } from '../scripts/dashboard-build.mjs';
import { fillWatchFolder, writeResult } from './dashboard-results.mjs';

const RESULTS = Number(process.argv[2] ?? 100_000);
const REQUESTS = 40;
const IDLE_SECONDS = 30;
const SETTLE_SECONDS = 45;
const CLOCK_TICKS_PER_SECOND = 100;
/** Number of cores that the bounds assume. */
const CORES = 2;
const START = fileURLToPath(new URL('../scripts/dashboard.mjs', import.meta.url));

const VIEWS = {
  'first page': '',
  'last page': `page=${Math.ceil(RESULTS / 50)}`,
  'filter by state': 'state=failed',
  'filter by failure': 'failure_type=EngineError',
  'filter by day': `day=${new Date().toISOString().slice(0, 10)}`,
  'search, one hit': (request) => `q=r0${request + 10}123c002`,
  'search, many hits': (request) => `q=r0${request + 10}`,
  'search, no hit': (request) => `q=nosuchclip${request}`,
};

const rows = [];
const folder = mkdtempSync(join(tmpdir(), 'bench-dashboard-'));
const data = mkdtempSync(join(tmpdir(), 'bench-dashboard-index-'));
try {
  await buildDashboard(standalone);
  console.error(`Writing ${RESULTS} results…`);
  fillWatchFolder(folder, RESULTS);
  await withServer(measureIndexing);
  await withServer(measure);
  writeResult(folder, 'meanwhile', { jobId: 'meanwhile', endedAt: Date.now() });
  await withServer(measureChange);
} finally {
  for (const path of [folder, data]) rmSync(path, { recursive: true, force: true });
}
console.table(rows);
console.log(JSON.stringify(rows));
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;

async function withServer(work) {
  const startedAt = performance.now();
  const args = [START, `bench=${folder}`, '--port', '0', '--data-dir', data];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await work(await addressOf(server), server.pid, startedAt);
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}

async function addressOf(server) {
  let output = '';
  // The pipe stays open: writing to a closed one would end the server.
  for await (const chunk of server.stdout.iterator({ destroyOnReturn: false })) {
    output += chunk;
    const [, url] = /Local: +(http:\S+)/u.exec(output) ?? [];
    if (url) {
      server.stdout.resume();
      return url;
    }
  }
  throw new Error(`The dashboard did not start: ${output}`);
}

async function measure(url, pid, startedAt) {
  await untilTotal(`${url}/api/jobs?pageSize=1`, RESULTS);
  const restart = (performance.now() - startedAt) / 1000;
  report('restart until counts are right', restart, 1, 's');
  report('restart, processor time', processorSeconds(pid), CORES, 's');
  // The search below is for a letter in every clip's name. This request loads the code of the page.
  await timeOf(`${url}/clips?q=nosuchclip`);
  await reportTimes(pid, 'one letter that finds all, a page', 300, [`${url}/clips?q=r`]);
  for (const [name, query] of Object.entries(VIEWS)) {
    // A different search for each request, because repeated ones are answered from memory.
    const of = typeof query === 'string' ? () => query : query;
    const urls = (page, first) =>
      Array.from({ length: REQUESTS }, (_, n) => `${url}/${page}?${of(n + first)}`);
    await reportTimes(pid, `${name}, API`, 150, urls('api/jobs', 0));
    await reportTimes(pid, `${name}, clips`, 150, urls('api/clips', 2 * REQUESTS));
    await reportTimes(pid, `${name}, page`, 150, urls('jobs', REQUESTS));
  }
  await reportTimes(pid, 'overview', 150, Array(REQUESTS).fill(`${url}/`));
  report('new result visible', await measureNews(url), 1, 's');
  report('result replaced under its name visible', await measureReplacement(url), 3, 's');
  await sleep(SETTLE_SECONDS * 1000);
  report('idle, of one core', await measureIdle(pid), 3, '%');
  report('memory', kibibytesOf(pid, 'smaps_rollup', 'Pss') / 1024, 300, 'MiB');
  report('memory at its highest', kibibytesOf(pid, 'status', 'VmHWM') / 1024, 600, 'MiB');
}

/** Restart after a result came while the server was down, so that every name has to be compared. */
async function measureChange(url, _pid, startedAt) {
  await untilTotal(`${url}/api/jobs?pageSize=1&q=meanwhile`, 1);
  report('restart after a result came', (performance.now() - startedAt) / 1000, 2, 's');
}

/** Waits for the first indexing, and requests pages meanwhile. */
async function measureIndexing(url, pid, startedAt) {
  const meanwhile = [];
  for (;;) {
    const askedAt = performance.now();
    await (await fetch(`${url}/jobs`)).text();
    meanwhile.push(performance.now() - askedAt);
    const { indexing, total } = await (await fetch(`${url}/api/jobs?pageSize=1`)).json();
    if (indexing === null && total === RESULTS) break;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.error(`First reading: ${seconds.toFixed(1)} s`);
  const bound = (CORES * RESULTS) / 5000;
  report('first reading, processor time', processorSeconds(pid), bound, 's');
  rows.push({
    measure: 'first reading while asked without pause',
    value: Math.round(RESULTS / seconds),
    bound: 'at least 5000',
    unit: 'a second',
    ok: RESULTS / seconds >= 5000,
  });
  report('a page while indexing, p95', p95(meanwhile), 1000, 'ms');
}

async function timeOf(url) {
  const askedAt = performance.now();
  await (await fetch(url)).text();
  return performance.now() - askedAt;
}

async function measureNews(url) {
  const startedAt = performance.now();
  writeResult(folder, 'the-news', { jobId: 'the-news', endedAt: Date.now() });
  await untilTotal(`${url}/api/jobs?q=the-news`, 1);
  return (performance.now() - startedAt) / 1000;
}

/** Replaces a result under the same name at once, so that no listing shows the name missing. */
async function measureReplacement(url) {
  const startedAt = performance.now();
  const path = join(folder, 'completed', 'job-000501.result.json');
  const result = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(`${folder}/replacement`, JSON.stringify({ ...result, job_id: 'another-try' }));
  renameSync(`${folder}/replacement`, path);
  await untilTotal(`${url}/api/jobs?q=another-try`, 1);
  return (performance.now() - startedAt) / 1000;
}

async function untilTotal(url, wanted) {
  for (;;) {
    const { total } = await (await fetch(url)).json();
    if (total === wanted) return;
    await sleep(50);
  }
}

async function measureIdle(pid) {
  const before = ticksOf(pid);
  await sleep(IDLE_SECONDS * 1000);
  const seconds = (ticksOf(pid) - before) / CLOCK_TICKS_PER_SECOND;
  return (seconds / IDLE_SECONDS) * 100;
}

/** Processor time of a process since its start, which other work on the machine hardly changes. */
function processorSeconds(pid) {
  return ticksOf(pid) / CLOCK_TICKS_PER_SECOND;
}

function ticksOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** Memory of a process, in KiB. */
function kibibytesOf(pid, file, key) {
  const [, value] = new RegExp(`^${key}:\\s+(\\d+)`, 'mu').exec(
    readFileSync(`/proc/${pid}/${file}`, 'utf8'),
  );
  return Number(value);
}

function p95(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}

/**
 * Response time of these URLs, requested one after the other, and processor time of the server for each, which other work on the
 * machine hardly changes.
 */
async function reportTimes(pid, measure, bound, urls) {
  const times = [];
  const before = ticksOf(pid);
  for (const url of urls) times.push(await timeOf(url));
  const processor = (1000 * (ticksOf(pid) - before)) / CLOCK_TICKS_PER_SECOND / urls.length;
  report(measure, p95(times), bound, 'ms', { processor: Number(processor.toFixed(1)) });
}

function report(measure, value, bound, unit, more = {}) {
  const row = {
    measure,
    value: Number(value.toFixed(1)),
    bound,
    unit,
    ok: value <= bound,
    ...more,
  };
  rows.push(row);
  const { ok, processor } = row;
  const own = processor === undefined ? '' : `, processor time ${processor} ms each`;
  console.error(
    `${ok ? 'ok  ' : 'MISS'} ${measure}: ${row.value} ${unit} (at most ${bound})${own}`,
  );
}
