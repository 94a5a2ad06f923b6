// npm run bench:scaling: source seconds that one machine encodes per second, with different numbers of workers. Needs an otherwise idle
// machine; the processor time per source minute, which it prints too, hardly depends on other work.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { MAIN, scratch, timed, watchFolder } from './runner.mjs';

const SECONDS = 4;
const JOBS = 4;
const CASES = [
  { codec: 'prores_proxy', container: 'mov' },
  { codec: 'dnxhr', container: 'mov' },
  { codec: 'h264', container: 'mp4' },
];

const folder = scratch();
const source = makeSource();
const rows = CASES.flatMap((wanted) => [1, 2].map((workers) => measure(wanted, workers)));
console.log(
  `${availableParallelism()} cores, ${JOBS} jobs of ${SECONDS} s, 1920x1080 at 25 to half size`,
);
console.table(rows);

/** Makes a camera-like clip: ten bits, moving edges, grain. */
function makeSource() {
  const path = join(folder, 'source.mov');
  const picture = `testsrc2=s=1920x1080:r=25,noise=alls=8:allf=t,gblur=sigma=0.6`;
  execFileSync('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-t', `${SECONDS}`, '-i', picture],
    ...['-c:v', 'prores_ks', '-profile:v', 'hq', '-pix_fmt', 'yuv422p10le', path],
  ]);
  return path;
}

function measure({ codec, container }, workers) {
  const watch = watchFolder(folder, 'watch');
  const output = join(folder, 'output');
  mkdirSync(output);
  for (let job = 0; job < JOBS; job++) {
    const naming = { resolution: 'half', naming_template: `proxy-${job}` };
    const spec = { jobspec_version: '2.1', sources: [source], output_directory: output, codec };
    const file = join(watch, 'pending', `${job}.json`);
    writeFileSync(file, JSON.stringify({ ...spec, container, ...naming }));
  }
  const options = ['--once', '--log-level', 'error', '--max-workers', `${workers}`];
  const { real, processor } = timed(['node', MAIN, watch, ...options]);
  for (const path of [watch, output]) rmSync(path, { recursive: true });
  const row = {
    codec,
    workers,
    'source seconds per second': Number(((JOBS * SECONDS) / real).toFixed(2)),
    'CPU seconds per source minute': Math.round((processor / (JOBS * SECONDS)) * 60),
    'cores busy': Number((processor / real).toFixed(2)),
  };
  console.log(JSON.stringify(row));
  return row;
}
