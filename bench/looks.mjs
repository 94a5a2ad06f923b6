// npm run bench -- looks: cost of a look and of burnt-in text: processor time of whole jobs of `run`, against the same proxy without them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuSeconds, MAIN, scratch } from './runner.mjs';

const FRAMES = 75;
const SIDE = 33;
/** Maximum processor time relative to a job without a look. A look works on every pixel of 12-bit frames, before and after. */
const BOUND = 4;
const GRAIN = `testsrc2=s=1920x1080:r=25,noise=alls=8:allf=t`;
const PRORES = '-timecode 10:00:00:00 -c:v prores_ks -profile:v 0 -pix_fmt yuv422p10le';

export function looks() {
  const folder = scratch();
  const source = join(folder, 'clip.mov');
  const made = ['-v', 'error', '-f', 'lavfi', '-i', GRAIN, '-frames:v', String(FRAMES)];
  execFileSync('ffmpeg', [...made, ...PRORES.split(' '), source]);
  const [plain, ...others] = Object.entries(kindsIn(folder));
  const secondsOf = ([name, viewing]) => cpuSeconds(runOf(folder, source, name, viewing));
  const usual = secondsOf(plain);
  return others.map((kind) => {
    const seconds = secondsOf(kind);
    const ratio = seconds / usual;
    const measure = `${FRAMES} frames of HD to H.264 at half size, ${kind[0]}`;
    const shown = `${ratio.toFixed(2)} (${seconds.toFixed(1)} s against ${usual.toFixed(1)} s)`;
    return { measure, bound: BOUND, measured: shown, ok: ratio <= BOUND };
  });
}

function kindsIn(folder) {
  const path = join(folder, 'show.cube');
  const steps = Array.from({ length: SIDE }, (_, index) => index / (SIDE - 1));
  const rows = steps.flatMap((b) =>
    steps.flatMap((g) => steps.map((r) => `${r ** 0.8} ${g} ${b}`)),
  );
  const cube = `LUT_3D_SIZE ${SIDE}\n${rows.join('\n')}\n`;
  writeFileSync(path, cube);
  const sha256 = createHash('sha256').update(cube).digest('hex');
  const cdl = [{ slope: [1.1, 1, 0.9], offset: [0, 0.01, 0], power: [1, 1, 1.1], saturation: 0.9 }];
  const lut = { lut: { path, sha256 }, lut_range: 'video' };
  const becomes = 'bt709';
  const burn_in = [
    { text: '{timecode}', at: 'bottom-left' },
    { text: '{source_name}', at: 'bottom-right' },
  ];
  return {
    plain: undefined,
    'a CDL': { look: { cdl, becomes } },
    [`a LUT of ${SIDE} a side`]: { look: { ...lut, becomes } },
    'timecode and name': { burn_in },
    'CDL, LUT, timecode and name': { look: { cdl, ...lut, becomes }, burn_in },
  };
}

/** Writes a JobSpec. @returns command that runs it */
function runOf(folder, source, name, viewing) {
  const output_directory = join(folder, name);
  mkdirSync(output_directory);
  const job = {
    jobspec_version: viewing === undefined ? '2.1' : '2.2',
    sources: [source],
    output_directory,
    codec: 'h264',
    container: 'mov',
    resolution: 'half',
    naming_template: '{source_name}',
    viewing,
  };
  const path = `${output_directory}.json`;
  writeFileSync(path, JSON.stringify(job));
  return ['node', MAIN, 'run', path];
}
