// Starts the built runner for a benchmark, in folders of its own.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../dist/apps/runner/src/main.js', import.meta.url));

/** A temporary folder that goes away with the benchmark. */
export function scratch() {
  const path = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'wfr-bench-'));
  process.on('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A watch folder and its pending/, created. */
export function watchFolder(parent, name) {
  const folder = join(parent, name);
  mkdirSync(join(folder, 'pending'), { recursive: true });
  return folder;
}

export function startRunner(folder, options = [], env = process.env) {
  const words = [MAIN, folder, '--log-level', 'error', ...options];
  return spawn('node', words, { stdio: 'inherit', env });
}

/** The most memory that a process has had resident so far, in MB. */
export function peakMegabytes(pid) {
  const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kilobytes) / 1000;
}

/** Resolves with the seconds from now until the process has ended. */
export function secondsUntilExit(child) {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => resolve((performance.now() - start) / 1000));
  });
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Processor time of a command and its children: unlike the clock, it doesn't depend on what else the machine does. */
export function cpuSeconds(command) {
  const timed = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1';
  const { stderr } = spawnSync('bash', ['-c', timed, 'bash', ...command], { encoding: 'utf8' });
  const [user, system] = stderr.trim().split(' ').map(Number);
  return user + system;
}

/** Against the source at the proxy's own size: 1 is identical. */
export function similarity(proxy, source) {
  const graph = '[1:v][0:v]scale2ref=flags=bicubic[source][proxy];[proxy][source]ssim';
  const { stderr } = spawnSync(
    'ffmpeg',
    ['-hide_banner', '-i', proxy, '-i', source, '-lavfi', graph, '-f', 'null', '-'],
    { encoding: 'utf8' },
  );
  return Number(/All:([\d.]+)/.exec(stderr)?.[1]);
}
