// npm run bench:dashboard [-- RESULTS]: the built dashboard over 100,000 results of 3 clips (or RESULTS). Prints a table
// and JSON; exits 1 when a bound is not kept. Linux: memory and time of the server come from /proc.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fillWatchFolder, writeResult } from './dashboard-results.mjs';

const RESULTS = Number(process.argv[2] ?? 100_000);
const REQUESTS = 40;
const IDLE_SECONDS = 30;
const SETTLE_SECONDS = 45;
const CLOCK_TICKS_PER_SECOND = 100;
const START = fileURLToPath(new URL('../scripts/dashboard.mjs', import.meta.url));

const VIEWS = {
  'first page': '',
  'last page': `page=${Math.ceil(RESULTS / 50)}`,
  'filter by state': 'state=failed',
  'filter by failure': 'failure_type=EngineError',
  'filter by day': `day=${new Date().toISOString().slice(0, 10)}`,
  'sort by output': 'sort=output_size_bytes',
  'search, one hit': (request) => `q=r0${request + 10}123c002`,
  'search, many hits': (request) => `q=r0${request + 10}`,
  'search, no hit': (request) => `q=nosuchclip${request}`,
};

const rows = [];
const folder = mkdtempSync(join(tmpdir(), 'bench-dashboard-'));
try {
  console.error(`Writing ${RESULTS} results…`);
  fillWatchFolder(folder, RESULTS);
  await withServer(measure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.table(rows);
console.log(JSON.stringify(rows));
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;

async function withServer(work) {
  const args = [START, '--folder', `bench=${folder}`, '--port', '0'];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await work(await addressOf(server), server.pid);
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}

async function addressOf(server) {
  let output = '';
  for await (const chunk of server.stdout) {
    output += chunk;
    const [, url] = /Local: +(http:\S+)/u.exec(output) ?? [];
    if (url) {
      server.stdout.resume();
      return url;
    }
  }
  throw new Error(`The dashboard did not start: ${output}`);
}

async function measure(url, pid) {
  await measureIndexing(url);
  for (const [name, query] of Object.entries(VIEWS)) {
    // Another search for every request: what was just asked for is answered from memory.
    const of = typeof query === 'string' ? () => query : query;
    report(`${name}, API`, await percentile((n) => `${url}/api/jobs?${of(n)}`), 150, 'ms');
    report(`${name}, page`, await percentile((n) => `${url}/jobs?${of(n + REQUESTS)}`), 150, 'ms');
  }
  report('overview', await percentile(() => `${url}/`), 150, 'ms');
  report('new result visible', await measureNews(url), 3, 's');
  report('result replaced under its name visible', await measureReplacement(url), 3, 's');
  await sleep(SETTLE_SECONDS * 1000);
  report('idle, of one core', await measureIdle(pid), 3, '%');
  report('memory now', statusOf(pid, 'VmRSS') / 1024, 600, 'MiB');
  report('memory at its highest', statusOf(pid, 'VmHWM') / 1024, 600, 'MiB');
}

/** Waits for the first indexing, and asks for pages meanwhile. */
async function measureIndexing(url) {
  const startedAt = performance.now();
  const meanwhile = [];
  for (;;) {
    const askedAt = performance.now();
    await (await fetch(`${url}/jobs`)).text();
    meanwhile.push(performance.now() - askedAt);
    const { indexing, total } = await (await fetch(`${url}/api/jobs?pageSize=1`)).json();
    if (indexing === null && total === RESULTS) break;
    await sleep(200);
  }
  report('all results indexed', (performance.now() - startedAt) / 1000, 60, 's');
  report('a page while indexing, p95', p95(meanwhile), 1000, 'ms');
}

async function percentile(urlOf) {
  const times = [];
  for (let request = 0; request < REQUESTS; request += 1) {
    const askedAt = performance.now();
    await (await fetch(urlOf(request))).text();
    times.push(performance.now() - askedAt);
  }
  return p95(times);
}

async function measureNews(url) {
  const startedAt = performance.now();
  writeResult(folder, 'the-news', { jobId: 'the-news', endedAt: Date.now() });
  await untilTotal(`${url}/api/jobs?q=the-news`, 1);
  return (performance.now() - startedAt) / 1000;
}

/** A retry under the same name, so quick that no listing sees the name missing. */
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

function ticksOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** In KiB. */
function statusOf(pid, key) {
  const [, value] = new RegExp(`${key}:\\s+(\\d+)`, 'u').exec(
    readFileSync(`/proc/${pid}/status`, 'utf8'),
  );
  return Number(value);
}

function p95(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}

function report(measure, value, bound, unit) {
  const row = { measure, value: Number(value.toFixed(1)), bound, unit, ok: value <= bound };
  rows.push(row);
  console.error(`${row.ok ? 'ok  ' : 'MISS'} ${measure}: ${row.value} ${unit} (at most ${bound})`);
}
