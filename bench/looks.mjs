// node bench/looks.mjs: what a look and text cost, by the processor time of whole jobs of `run` (FFmpeg's too), against the same proxy without.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNNER = fileURLToPath(new URL('../dist/apps/runner/src/main.cjs', import.meta.url));
const FRAMES = 100;
const SIDE = 33;

const folder = mkdtempSync(join(tmpdir(), 'bench-looks-'));
const source = join(folder, 'clip.mov');
const made = spawnSync('ffmpeg', [
  ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:r=25,noise=alls=8:allf=t'],
  ...['-frames:v', String(FRAMES), '-timecode', '10:00:00:00'],
  ...['-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le', source],
]);
if (made.status !== 0) throw new Error(String(made.stderr));

const steps = Array.from({ length: SIDE }, (_, index) => index / (SIDE - 1));
const rows = steps.flatMap((b) => steps.flatMap((g) => steps.map((r) => `${r ** 0.8} ${g} ${b}`)));
const cube = `LUT_3D_SIZE ${SIDE}\n${rows.join('\n')}\n`;
writeFileSync(join(folder, 'a.cube'), cube);
const sha256 = createHash('sha256').update(cube).digest('hex');
const CDL = { slope: [1.1, 1, 0.9], offset: [0, 0.01, 0], power: [1, 1, 1.1], saturation: 0.9 };
const lut = { lut: { path: join(folder, 'a.cube'), sha256 }, lut_range: 'video' };
const burn_in = [
  { text: '{timecode}', at: 'bottom-left' },
  { text: '{source_name}', at: 'bottom-right' },
];
const KINDS = {
  'without a look': null,
  'with a CDL': { look: { cdl: [CDL], becomes: 'bt709' } },
  [`with a LUT of ${SIDE} a side`]: { look: { ...lut, becomes: 'bt709' } },
  'with timecode and name': { burn_in },
  'with CDL, LUT, timecode and name': { look: { cdl: [CDL], ...lut, becomes: 'bt709' }, burn_in },
};

/** Seconds of processor time of a job and its programs. */
function secondsOf(viewing, at) {
  const output_directory = join(folder, String(at));
  mkdirSync(output_directory);
  const job = {
    jobspec_version: viewing === null ? '2.1' : '2.2',
    sources: [source],
    output_directory,
    codec: 'h264',
    container: 'mov',
    resolution: 'half',
    naming_template: '{source_name}',
    ...(viewing && { viewing }),
  };
  const path = join(folder, `${at}.json`);
  writeFileSync(path, JSON.stringify(job));
  const timed = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1';
  const run = spawnSync('bash', ['-c', timed, 'bash', process.execPath, RUNNER, 'run', path]);
  if (run.status !== 0) throw new Error(`a job failed: ${path}`);
  const [user, system] = String(run.stderr).trim().split(' ').map(Number);
  return user + system;
}

console.log(`${FRAMES} frames of HD to H.264 at half size, seconds of processor time`);
let usual = null;
for (const [at, [name, viewing]] of Object.entries(KINDS).entries()) {
  const seconds = secondsOf(viewing, at);
  usual ??= seconds;
  console.log(`${name}: ${seconds.toFixed(1)} (${(seconds / usual).toFixed(2)} times)`);
}
rmSync(folder, { recursive: true });
