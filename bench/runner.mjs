// Starts the built runner for a benchmark, in temporary folders.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../dist/apps/runner/src/main.js', import.meta.url));

/** Creates a temporary folder that is removed when the benchmark ends. */
export function scratch() {
  const path = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'wfr-bench-'));
  process.on('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Creates a watch folder with its pending/. */
export function watchFolder(parent, name) {
  const folder = join(parent, name);
  mkdirSync(join(folder, 'pending'), { recursive: true });
  return folder;
}

export function startRunner(folder, options = [], env = process.env) {
  const words = [MAIN, folder, '--log-level', 'error', ...options];
  return spawn('node', words, { stdio: 'inherit', env });
}

/** Peak resident memory of a process so far, in MB. */
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

/**
 * Elapsed seconds and processor seconds of a command and its children. Processor time hardly depends on what else the machine
 * does.
 *
 * @param options of `spawnSync`
 * @throws Error if the command fails
 */
export function timed(command, options = {}) {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1';
  const { stderr, status } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    encoding: 'utf8',
    ...options,
  });
  if (status !== 0) throw new Error(`It ended with ${status}: ${command.join(' ')}`);
  const [real, user, system] = stderr.trim().split(' ').map(Number);
  return { real, processor: user + system };
}

/** Processor seconds of a command and its children. @throws Error if the command fails */
export function cpuSeconds(command) {
  return timed(command).processor;
}

/** Filter graph that pairs frames by number, since times of two files differ slightly, and scales the source to the proxy's size. */
function pairedFor(filter) {
  const byNumber = 'settb=1/25,setpts=N';
  return [
    `[0:v]${byNumber},split[size][proxy]`,
    `[1:v]${byNumber}[whole]`,
    '[whole][size]scale=w=rw:h=rh:flags=bicubic[source]',
    `[proxy][source]${filter}`,
  ].join(';');
}

/** SSIM of a proxy and its source, at the proxy's size; 1 is identical. */
export function similarity(proxy, source) {
  const { stderr } = spawnSync(
    'ffmpeg',
    ['-hide_banner', '-i', proxy, '-i', source, '-lavfi', pairedFor('ssim'), '-f', 'null', '-'],
    { encoding: 'utf8' },
  );
  return Number(/All:([\d.]+)/.exec(stderr)?.[1]);
}

/** VMAF of a proxy and its source, by an FFmpeg that has it (`--vmaf PROGRAM`); `NaN` without that option. */
export function vmaf(proxy, source) {
  const option = process.argv.indexOf('--vmaf');
  if (option < 0) return Number.NaN;
  const { stderr } = spawnSync(
    process.argv[option + 1],
    ['-hide_banner', '-i', proxy, '-i', source, '-lavfi', pairedFor('libvmaf'), '-f', 'null', '-'],
    { encoding: 'utf8' },
  );
  return Number(/VMAF score: ([\d.]+)/.exec(stderr)?.[1]);
}

/** Bytes of each video packet of a file. */
export function pictureSizes(proxy) {
  const packets = ['-select_streams', 'v:0', '-show_entries', 'packet=size', '-of', 'csv=p=0'];
  const { stdout } = spawnSync('ffprobe', ['-v', 'error', ...packets, proxy], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((size) => (size === '' ? [] : Number.parseInt(size, 10)));
}

/** Bytes of a file's video stream. */
export function pictureBytes(proxy) {
  return pictureSizes(proxy).reduce((sum, size) => sum + size, 0);
}
